internal import GraphQL
internal import Upstream

extension RequestPipeline {
    /// Begins a subscription or a live query.
    ///
    /// - Parameters:
    ///   - operation: a subscription, or a query with `@live`.
    ///   - method: the JSON-RPC method or the resource of the operation; nil: it came as GraphQL.
    ///   - writer: serializes results.
    ///   - outlet: the receiver of the results; nil: they are queued until the subscriber reads them.
    /// - Returns: the stream, or the error that prevents it.
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
            // Its arguments are invalid, or it is skipped: the response has the reason.
            let executed = ExecutedOperation(execution: execution, deadline: session.deadline)
            return .refused(service.wholeResponse(executed, caller: caller).with(rateLimitStatus))
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

    /// The key of a subscription's broadcast; nil: the results are for this subscriber alone.
    private func streamKey(of execution: Execution, as method: String?) -> StreamKey? {
        // A report has the subscriber's own calls.
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

    /// Begins a live query; each subscriber has the results since its own first one.
    private func follow(_ request: StreamRequest, _ outlet: StreamOutlet?) -> ResultStream {
        let operation = request.operation
        let session = service.session(for: caller, trace: nil)
        let workspaces = session.context.usableWorkspaces
        let types = operation.plan.entityTypes(service.bindings)
        var caller = caller
        // A report of calls would make each result a different one.
        (caller.wantsReport, caller.wantsPlan) = (false, false)
        // Each execution has an access log line of its own; the line of the request is written at its end.
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
                // If nothing is polled, changes are noticed from now on, when they are reported.
                leases.reduce(into: begun as ContinuousClock.Instant?) { since, lease in
                    since = lease.noticesSince.flatMap { noticed in since.map { max($0, noticed) } }
                }
            }
            return ResultBroadcast(source, changes, leases, service.broker.scheduler, whenEnded: whenEnded)
        }
    }

    /// Makes leases, which cause the upstream to be polled for changes that no webhook reports.
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
    /// Ends all subscriptions, as the gateway shuts down; no further ones begin.
    package func endSubscriptions() {
        for feed in broker.changeFeeds { feed.close() }
    }

    /// Whether this service and another one have the same change feeds.
    package func hasSameChanges(as other: GatewayService) -> Bool { other.broker === broker }
}
