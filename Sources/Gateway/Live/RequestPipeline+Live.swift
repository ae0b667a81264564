internal import GraphQL
internal import Upstream

extension RequestPipeline {
    /// Begins an operation whose results follow changes.
    ///
    /// - Parameters:
    ///   - operation: a subscription, or a query with `@live`.
    ///   - method: the JSON-RPC method or the resource that it stands for; nil: it came as GraphQL.
    /// - Returns: its results, or why there are none.
    func subscribe(to operation: PreparedOperation, as method: String? = nil) -> SubscriptionReply {
        let request = StreamRequest(pipeline: self, operation: operation, method: method)
        let reply = operation.kind == .subscription ? subscribeToChanges(request) : .stream(follow(request))
        if case .refused(let response) = reply {
            let outcome = completed(response.outcome, of: operation)
            notify(of: outcome, bytes: response.body.count, to: operation, by: method == nil ? .graphQL : .rpc)
        }
        return reply
    }

    private func subscribeToChanges(_ request: StreamRequest) -> SubscriptionReply {
        let operation = request.operation
        var execution = Execution(
            plan: operation.plan,
            variables: operation.variables,
            maximumRows: service.limits.maximumRows
        )
        let session = service.session(for: caller, trace: nil)
        guard let field = execution.ready().first else {
            // Its arguments are wrong, or it is left out: the response says so.
            let executed = ExecutedOperation(execution: execution, deadline: session.deadline)
            return .refused(service.response(executed, caller: caller).with(rateLimitStatus))
        }
        do throws(FieldFailure) {
            let resolver = UpstreamResolver(table: service.bindings, session: session)
            let selection = try resolver.changeSelection(of: field)
            let feed = service.broker.changeFeeds[selection.workspace]
            let changes = feed.subscribe(capacity: ResultStream.capacity) { selection.concerns($0) }
            let leases = leases(of: [selection.type], in: [selection.workspace], session)
            let source = ChangeResults(service: service, caller: caller, operation: operation, selection: selection)
            return .stream(ResultStream(source, changes, leases, for: request))
        } catch {
            return .refused(ChangeResults.response(of: error).with(rateLimitStatus))
        }
    }

    private func follow(_ request: StreamRequest) -> ResultStream {
        let operation = request.operation
        let session = service.session(for: caller, trace: nil)
        let workspaces = session.context.usableWorkspaces
        let types = operation.plan.entityTypes(service.bindings)
        let changes = ChangeFeed.subscribe(to: workspaces.map { service.broker.changeFeeds[$0] }, types: types)
        let leases = leases(of: types, in: workspaces, session)
        var caller = caller
        // What each result has cost would make it another one.
        (caller.wantsReport, caller.wantsPlan) = (false, false)
        // Each execution has a line of its own in logs: that of the request has its end.
        caller.becomeMessage()
        let source = LiveResults(service: service, caller: caller, operation: operation)
        return ResultStream(source, changes, leases, for: request)
    }

    /// Lets changes be looked for that nobody reports.
    private func leases(of types: Set<TypeID>, in workspaces: [Int], _ session: CallSession) -> [PollLease] {
        workspaces.flatMap { workspace in
            types.compactMap { type in
                session.context.credential(for: workspace).flatMap {
                    service.polling.follow(type, in: workspace, credential: $0)
                }
            }
        }
    }
}

extension GatewayService {
    /// Ends all subscriptions, as the gateway stops; none begins any more.
    package func endSubscriptions() {
        for feed in broker.changeFeeds { feed.close() }
    }

    /// Whether this service learns of the same changes as another one.
    package func hasSameChanges(as other: GatewayService) -> Bool { other.broker === broker }
}
