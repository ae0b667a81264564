internal import GraphQL
internal import JSON

extension CallBroker {
    /// An object as a polled list shows it.
    struct PolledRow: Sendable {
        let document: SourceDocument
        let node: Int
        /// The time at which the request for the list was sent.
        let sentAt: ContinuousClock.Instant
        /// The epoch of the request: the list reflects the writes before it.
        let startedAt: InvalidationLog.Epoch
        /// The cache scope in which the list was read.
        let scope: CacheScope

        /// The prefix of the path by which a row is cached as an object of its own.
        static let mark = "ROW "
    }

    /// Applies a change that a list has shown: when this returns, no older response for the object is used any more.
    ///
    /// The list's row of the object replaces the cached response, so that no client has to fetch the object.
    ///
    /// - Parameters:
    ///   - kind: what happened.
    ///   - key: the object's key.
    ///   - entity: its type.
    ///   - row: the object as the list shows it; nil: the list does not show it any more.
    ///   - policy: how old responses for the object may be.
    ///   - dependents: types whose objects may change when it is deleted.
    ///   - workspace: the index of its workspace.
    func applyPolled(
        _ kind: ObjectChange.Kind,
        key: String,
        _ entity: Entity,
        row: PolledRow?,
        policy: CachePolicy,
        dependents: [TypeID],
        in workspace: Int
    ) {
        guard entity.accepts(key: key) else { return }
        let plan = WritePlan(
            entity: entity,
            key: key,
            policy: policy,
            dependents: row == nil ? dependents : [],
            isCacheable: row != nil,
            content: .object(identifiedBy: [entity.key], declaring: [])
        )
        var scope = scope(of: plan, key: nil, workspace: workspace)
        var change = ObjectChange(kind: kind, type: entity.type, key: JSONKey(key))
        let snapshot = row.flatMap { ObjectChange.Snapshot(copying: $0.node, of: $0.document.json) }
        let cached = row.flatMap { currentEntity(entity, key: key, in: workspace, scope: $0.scope) }
        var isKnown = false
        if let cached, let row {
            isKnown = row.document.json.agrees(row.node, with: cached.document.json, cached.node)
            change.before = ObjectChange.Snapshot(copying: cached.node, of: cached.document.json)
        }
        change.after = snapshot
        scope.change = change
        scope.responseScope = row?.scope
        // A client that has fetched the object since may have its present state; lists may be older.
        if isKnown { scope.paths = [] }
        let startedAt = row?.startedAt ?? invalidationLogs[workspace].now
        let epoch = store.invalidate(scope, in: workspace, startedAt: startedAt)
        if let epoch, !isKnown, let row, let snapshot, options.caching, options.batching, policy.isCacheable {
            let object = SourceDocument(snapshot.json, origin: row.document.origin)
            store.store(
                CachedResponse(object, generatedAt: row.sentAt, startedAt: epoch),
                entities: ResponseEntities(type: entity.type, nodes: [(key, snapshot.node)], isList: false),
                // The name of no call: the row may be a summary, which a fetch of the object never is.
                for: CacheKey(workspace: workspace, scope: row.scope, path: PolledRow.mark + entity.path(of: key)),
                if: .always
            )
        }
        publish(kind, entity, key: key, in: workspace, from: .poll)
    }

    /// Whether the cache has an older response for an object that differs from the row of a polled list.
    func isOutdated(_ entity: Entity, key: String, by row: PolledRow, in workspace: Int) -> Bool {
        guard entity.accepts(key: key),
            let cached = currentEntity(entity, key: key, in: workspace, scope: row.scope),
            cached.generatedAt < row.sentAt
        else { return false }
        return !row.document.json.agrees(row.node, with: cached.document.json, cached.node)
    }

    /// Applies a change of unknown objects of a type.
    func applyUnnamedChange(of entity: Entity, in workspace: Int) {
        let scope = InvalidationScope(type: entity.type, dependents: [entity.type])
        _ = store.invalidate(scope, in: workspace, startedAt: invalidationLogs[workspace].now)
        let change = Change(workspace: workspace, kind: .updated, type: entity.type, key: nil)
        changeFeeds[workspace].publish(change, from: .poll)
    }

    /// The cached response for an object, unless a newer write has invalidated it.
    private func currentEntity(_ entity: Entity, key: String, in workspace: Int, scope: CacheScope) -> CachedEntity? {
        let name = EntityKey(workspace: workspace, scope: scope, type: entity.type, key: ExactString(key))
        guard let found = store.entity(for: name),
            invalidationLogs[workspace].isCurrent(found.startedAt, .object(entity.type, path: entity.path(of: key)))
        else { return nil }
        return found
    }
}

extension JSONDocument {
    /// Whether two objects have the same values for the members that both have.
    fileprivate func agrees(_ node: Int, with other: JSONDocument, _ otherNode: Int) -> Bool {
        members(of: node).allSatisfy { member in
            guard let name = name(of: member.member), let value = other.member(named: name, of: otherNode) else {
                return true
            }
            return rawBytes(of: member.value) == other.rawBytes(of: value)
        }
    }
}
