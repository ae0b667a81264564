extension PreparedRequest {
    /// Begins a subscription, whose changes from now on are in its stream.
    package func subscribe() -> SubscriptionReply {
        switch operation {
        case .failure(let refusal): .refused(GraphQLResponse(refusal).with(pipeline.rateLimitStatus))
        case .success(let operation): pipeline.subscribe(to: operation)
        }
    }
}
