internal import GraphQL
internal import JSON

extension CallBroker {
    /// Applies a change that another client of the upstream has made: when this returns, no older response is used any more.
    package func apply(_ reported: ReportedChange, in workspace: Int) {
        let plan = WritePlan(
            entity: reported.entity,
            key: reported.key,
            policy: .none,
            dependents: reported.dependents,
            isCacheable: reported.kind != .deleted,
            content: .object(identifiedBy: [reported.entity.key], declaring: [])
        )
        var scope = scope(of: plan, key: nil, workspace: workspace)
        scope.change = ObjectChange(
            kind: reported.kind,
            type: reported.entity.type,
            key: JSONKey(reported.key),
            after: reported.after
        )
        _ = store.invalidate(scope, in: workspace, startedAt: invalidationLogs[workspace].now)
        publish(reported.kind, reported.entity, key: reported.key, in: workspace, from: .event)
    }

    /// Publishes a change to the subscribers of the workspace's changes.
    func publish(
        _ kind: ObjectChange.Kind,
        _ entity: Entity,
        key: String,
        in workspace: Int,
        from source: ChangeFeed.Source
    ) {
        let change = Change(workspace: workspace, kind: kind, type: entity.type, key: key)
        changeFeeds[workspace].publish(change, from: source)
    }
}
