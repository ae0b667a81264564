internal import GraphQL
internal import Upstream

extension RequestPipeline {
    /// Begins a subscription.
    ///
    /// - Parameter operation: the subscription.
    /// - Returns: its results, or why there are none.
    func subscribe(to operation: PreparedOperation) -> SubscriptionReply {
        var execution = Execution(
            plan: operation.plan,
            variables: operation.variables,
            maximumRows: service.limits.maximumRows
        )
        let session = service.session(for: caller, trace: nil)
        guard let request = execution.ready().first else {
            // Its arguments are wrong, or it is left out: the response says so.
            let executed = ExecutedOperation(execution: execution, deadline: session.deadline)
            return .refused(service.response(executed, caller: caller).with(rateLimitStatus))
        }
        do throws(FieldFailure) {
            let resolver = UpstreamResolver(table: service.bindings, session: session)
            let selection = try resolver.changeSelection(of: request)
            return .stream(ResultStream(service, caller, operation, selection))
        } catch {
            return .refused(ResultStream.response(of: error).with(rateLimitStatus))
        }
    }
}

extension GatewayService {
    /// Ends all subscriptions, as the gateway stops; none begins any more.
    package func endSubscriptions() {
        for feed in broker.changeFeeds { feed.close() }
    }
}
