internal import GraphQL
internal import Upstream

/// What makes the results of a stream.
protocol ResultSource: Sendable {
    /// Whether the next result is made when the only subscriber has taken the one before; if not, there may be many subscribers.
    var isPaced: Bool { get }

    /// When to make results whatever changes; nil: only a change gives some.
    var due: ContinuousClock.Instant? { get }

    /// What the stream begins with.
    mutating func begin() async -> [ResultStep]

    /// What a change gives.
    ///
    /// - Parameters:
    ///   - change: the change.
    ///   - number: its number among those of the stream.
    ///   - caller: in whose name calls are made; all subscribers may have what they give.
    /// - Returns: the results.
    mutating func steps(after change: Change, number: UInt64, for caller: Caller) async -> [ResultStep]

    /// What there is when results are due.
    ///
    /// - Parameter caller: in whose name calls are made.
    /// - Returns: the results.
    mutating func stepsWhenDue(for caller: Caller) async -> [ResultStep]

    /// How the stream ends when the upstream does not accept the key any more; none: it goes on.
    ///
    /// - Parameters:
    ///   - refusal: what the upstream says.
    ///   - caller: the one whose key it is.
    /// - Returns: what is sent at the end.
    func steps(after refusal: FieldFailure, for caller: Caller) -> [ResultStep]
}
