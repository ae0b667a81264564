internal import Upstream

/// What makes the results of a stream.
protocol ResultSource: Sendable {
    /// Sends results as changes come.
    ///
    /// - Parameters:
    ///   - changes: the changes.
    ///   - send: takes an item, and returns when it can take the next; throws when the subscriber has gone.
    /// - Returns: why there are no more results; nil: the changes have ended.
    /// - Throws: what `send` throws.
    func run(
        _ changes: ChangeSubscription,
        _ send: @Sendable (ResultStream.Item) async throws -> Void
    ) async throws -> ResultStream.End?
}
