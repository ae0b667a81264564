internal import GraphQL
internal import Upstream

extension RequestPipeline {
    /// Begins an operation whose results follow changes.
    ///
    /// - Parameters:
    ///   - operation: a subscription, or a query with `@live`.
    ///   - method: the JSON-RPC method or the resource that it stands for; nil: it came as GraphQL.
    ///   - writer: writes results.
    ///   - outlet: where results go; nil: they wait until they are taken.
    /// - Returns: its results, or why there are none.
    func subscribe(
        to operation: PreparedOperation,
        as method: String? = nil,
        writer: ResultWriter = .graphQL,
        _ outlet: StreamOutlet? = nil
    ) -> SubscriptionReply {
        let request = StreamRequest(pipeline: self, operation: operation, method: method, writer: writer)
        let reply =
            operation.kind == .subscription
            ? subscribeToChanges(request, outlet) : .stream(follow(request, outlet))
        if case .refused(let response) = reply {
            var outcome = completed(response.outcome, of: operation)
            if let method { outcome.name = method }
            notify(of: outcome, bytes: response.body.count, to: operation, by: method == nil ? .graphQL : .rpc)
        }
        return reply
    }

    private func subscribeToChanges(_ request: StreamRequest, _ outlet: StreamOutlet?) -> SubscriptionReply {
        let operation = request.operation
        var execution = Execution(
            plan: operation.plan,
            variables: operation.variables,
            maximumRows: service.limits.maximumRows
        )
        let session = service.session(for: caller, trace: nil)
        let key = streamKey(of: execution, as: request.method)
        guard let field = execution.ready().first else {
            // Its arguments are wrong, or it is left out: the response says so.
            let executed = ExecutedOperation(execution: execution, deadline: session.deadline)
            return .refused(service.response(executed, caller: caller).with(rateLimitStatus))
        }
        do throws(FieldFailure) {
            let resolver = UpstreamResolver(table: service.bindings, session: session)
            let selection = try resolver.changeSelection(of: field)
            let stream = service.broadcasts.stream(key, request, outlet) { whenEnded in
                let visible = VisibleObjects()
                let changes = service.broker.changeFeeds[selection.workspace].subscribe(
                    capacity: ResultBroadcast.capacity
                ) { [service, caller] change in
                    guard selection.concerns(change), let key = change.key else { return false }
                    let session = service.session(for: caller, trace: nil)
                    visible.note(key, isVisible: selection.isVisible(key, session))
                    return true
                }
                let leases = leases(of: [selection.type], in: [selection.workspace], session)
                let source = ChangeResults(
                    service: service,
                    operation: operation,
                    selection: selection,
                    visible: visible,
                    writer: request.writer
                )
                return ResultBroadcast(source, changes, leases, service.broker.scheduler, whenEnded: whenEnded)
            }
            return .stream(stream)
        } catch {
            return .refused(ChangeResults.response(of: error).with(rateLimitStatus))
        }
    }

    /// What names the results of a subscription; nil: they are for this subscriber alone.
    private func streamKey(of execution: Execution, as method: String?) -> StreamKey? {
        // A report is of the subscriber's own calls.
        guard service.broker.options.deduplication, !caller.wantsReport, !caller.wantsPlan,
            let signature = OperationSignature(withKeysOf: execution.context)
        else { return nil }
        return StreamKey(
            signature: signature,
            caller: caller.identity,
            clients: service.limitedClients(of: caller),
            method: method
        )
    }

    /// Follows a query: each follower has the results since its own first one.
    private func follow(_ request: StreamRequest, _ outlet: StreamOutlet?) -> ResultStream {
        let operation = request.operation
        let session = service.session(for: caller, trace: nil)
        let workspaces = session.context.usableWorkspaces
        let types = operation.plan.entityTypes(service.bindings)
        var caller = caller
        // What each result has cost would make it another one.
        (caller.wantsReport, caller.wantsPlan) = (false, false)
        // Each execution has a line of its own in logs: that of the request has its end.
        caller.becomeMessage()
        return service.broadcasts.stream(nil, request, outlet) { [caller] whenEnded in
            let begun = service.broker.now()
            let changes = ChangeFeed.subscribe(to: workspaces.map { service.broker.changeFeeds[$0] }, types: types)
            let leases = leases(of: types, in: workspaces, session)
            let source = LiveResults(
                service: service,
                caller: caller,
                operation: operation,
                writer: request.writer
            ) {
                // What is not looked for is noticed when it is reported.
                leases.reduce(into: begun as ContinuousClock.Instant?) { since, lease in
                    since = lease.noticesSince.flatMap { noticed in since.map { max($0, noticed) } }
                }
            }
            return ResultBroadcast(source, changes, leases, service.broker.scheduler, whenEnded: whenEnded)
        }
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
