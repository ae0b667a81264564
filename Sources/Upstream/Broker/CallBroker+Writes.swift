internal import GraphQL
private import JSON

extension CallBroker {
    /// Executes a write; when this returns, no older response is used any more, for any caller.
    func write(_ write: UpstreamWrite, _ plan: WritePlan, context: CallContext) async -> WriteOutcome {
        let workspace = write.call.workspace
        if let session = context.allowance.session, !session.begin() { return .refused(session.failure) }
        let startedAt = invalidationLogs[workspace].now
        var change = change(by: plan, workspace: workspace, context: context)
        let sentAt = now()
        var wasSent = false
        let outcome = await workspaces[workspace].write(write, context: context) { wasSent = true }
        // Without budget or time, or with an open circuit breaker, nothing was sent.
        if !wasSent { context.allowance.session?.refund() }
        note(outcome, sentAt: sentAt, context.credential(for: workspace), workspace)
        switch outcome {
        case .refused, .limited, .notSent:
            return outcome
        case .missing, .unknown:
            context.report.mayHaveWritten()
            var scope = scope(of: plan, key: nil, workspace: workspace)
            scope.change = change
            _ = store.invalidate(scope, in: workspace, startedAt: startedAt)
            if let entity = plan.entity, let key = plan.key, var kind = change?.kind {
                // Subscribers find out whether the object is deleted by fetching it.
                if case .unknown = outcome, kind == .deleted { kind = .updated }
                let key = shownKey(key, of: entity, workspace: workspace)
                publish(kind, entity, key: key, in: workspace, from: .write)
            }
        case .done(let document, let location):
            context.report.mayHaveWritten()
            let written = plan.written(by: document, location, reader: workspaces[workspace].reader)
            learnAlias(plan, written.key, workspace: workspace)
            var scope = scope(of: plan, key: written.key, workspace: workspace)
            if let key = written.key { change?.key = JSONKey(key) }
            if let document = written.document, let node = written.node, plan.isCacheable, !written.isDeleted {
                change?.after = ObjectChange.Snapshot(copying: node, of: document.json)
            }
            scope.change = change
            scope.responseScope = context.scope(of: workspace, purpose: CallPurpose(policy: plan.policy))
            let epoch = store.invalidate(scope, in: workspace, startedAt: startedAt)
            if let epoch { store(written, of: plan, write.method, workspace: workspace, startedAt: epoch, context) }
            if let entity = plan.entity, let key = written.key, let kind = change?.kind {
                let key = shownKey(key, of: entity, workspace: workspace)
                publish(written.isDeleted ? .deleted : kind, entity, key: key, in: workspace, from: .write)
            }
        }
        return outcome
    }

    /// Caches the object in a write's response, so that lookups by its key find it.
    ///
    /// No call has its cache key: the response may be a summary, which a fetch of the object never is.
    private func store(
        _ written: WritePlan.Written,
        of plan: WritePlan,
        _ method: WriteMethod,
        workspace: Int,
        startedAt: InvalidationLog.Epoch,
        _ context: CallContext
    ) {
        guard options.caching, options.batching, plan.policy.isCacheable, plan.isCacheable, let entity = plan.entity,
            let document = written.document, let node = written.node, let key = written.key
        else { return }
        let purpose = CallPurpose(policy: plan.policy, objectOf: entity)
        let name = CacheKey(
            workspace: workspace,
            scope: context.scope(of: workspace, purpose: purpose),
            path: "\(method.rawValue) \(entity.path(of: key))"
        )
        let entities = ResponseEntities(type: entity.type, nodes: [(key, node)], isList: false)
        store.store(
            CachedResponse(document, generatedAt: now(), startedAt: startedAt),
            entities: entities,
            for: name,
            if: .always
        )
    }
}
