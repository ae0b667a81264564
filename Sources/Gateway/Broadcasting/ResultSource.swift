internal import Upstream

/// What makes the results of a stream.
protocol ResultSource: Sendable {
    /// Whether the next result is made when the only subscriber has taken the one before; if not, there may be many subscribers.
    var isPaced: Bool { get }

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
}
