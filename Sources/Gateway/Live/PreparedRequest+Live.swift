extension PreparedRequest {
    /// Begins a subscription, whose changes from now on are in its stream.
    ///
    /// - Parameter outlet: where results go; nil: they wait until they are taken.
    /// - Returns: its results, or why there are none.
    package func subscribe(_ outlet: StreamOutlet? = nil) -> SubscriptionReply {
        switch operation {
        case .failure(let refusal): .refused(GraphQLResponse(refusal).with(pipeline.rateLimitStatus))
        case .success(let operation): pipeline.subscribe(to: operation, outlet)
        }
    }
}
