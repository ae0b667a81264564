extension PreparedRequest {
    /// Begins a subscription or a live query; its stream has all changes from now on.
    ///
    /// - Parameter outlet: the receiver of the results; nil: they are queued until the subscriber reads them.
    /// - Returns: the stream, or the error that prevents it.
    package func subscribe(_ outlet: StreamOutlet? = nil) -> SubscriptionReply {
        switch operation {
        case .failure(let refusal): .refused(GraphQLResponse(refusal).with(pipeline.rateLimitStatus))
        case .success(let operation): pipeline.subscribe(to: operation, outlet)
        }
    }
}
