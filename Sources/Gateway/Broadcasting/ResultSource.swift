internal import GraphQL
internal import Upstream

/// Makes the results of a stream.
protocol ResultSource: Sendable {
    /// Whether the next result is made only after the only subscriber has taken the last; if not, there may be many subscribers.
    var isPaced: Bool { get }

    /// The instant at which results are made without a change; nil: only changes cause results.
    var due: ContinuousClock.Instant? { get }

    /// Makes the first results of the stream.
    mutating func begin() async -> [ResultStep]

    /// Makes the results of a change.
    ///
    /// - Parameters:
    ///   - change: the change.
    ///   - number: the number of the change in the stream.
    ///   - caller: the caller in whose name calls are made; all subscribers may see their results.
    /// - Returns: the results.
    mutating func steps(after change: Change, number: UInt64, for caller: Caller) async -> [ResultStep]

    /// Makes the results that are due without a change.
    ///
    /// - Parameter caller: the caller in whose name calls are made.
    /// - Returns: the results.
    mutating func stepsWhenDue(for caller: Caller) async -> [ResultStep]

    /// Makes the last results, when the upstream no longer accepts the key; none: the stream goes on.
    ///
    /// - Parameters:
    ///   - refusal: the error of the upstream.
    ///   - caller: the caller whose key it is.
    /// - Returns: the last results.
    func steps(after refusal: FieldFailure, for caller: Caller) -> [ResultStep]
}
