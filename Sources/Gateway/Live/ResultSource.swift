internal import Upstream

/// What makes the results of a stream.
protocol ResultSource: Sendable {
    /// What the stream begins with.
    mutating func begin() async -> ResultStep

    /// What a change gives.
    mutating func step(after change: Change) async -> ResultStep
}
