internal import GraphQL
internal import JSON

extension CallBroker {
    /// An object as a list shows it.
    struct PolledRow: Sendable {
        let document: SourceDocument
        let node: Int
        /// When the list was asked for.
        let sentAt: ContinuousClock.Instant
        /// The writes that the list knows of.
        let startedAt: InvalidationLog.Epoch
        let scope: CacheScope

        /// What begins the name of a row that is cached by itself.
        static let mark = "ROW "
    }

    /// Takes note of a change that a list has shown: when this returns, nothing older than it is used any more.
    ///
    /// What the list shows of the object takes the place of what was cached, so that nobody has to fetch it.
    ///
    /// - Parameters:
    ///   - kind: what happened.
    ///   - key: the object's key.
    ///   - entity: its type.
    ///   - row: the object as the list shows it; nil: the list shows it no more.
    ///   - policy: how old responses for the object may be.
    ///   - dependents: types whose objects may change when it goes.
    ///   - workspace: where.
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
        // Whoever has fetched the object since may have it as it is; lists may be older.
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

    /// Whether an older response in the cache shows an object otherwise than a row of a reading.
    func isOutdated(_ entity: Entity, key: String, by row: PolledRow, in workspace: Int) -> Bool {
        guard entity.accepts(key: key),
            let cached = currentEntity(entity, key: key, in: workspace, scope: row.scope),
            cached.generatedAt < row.sentAt
        else { return false }
        return !row.document.json.agrees(row.node, with: cached.document.json, cached.node)
    }

    /// Takes note that objects of a type have changed of which it is not known which.
    func applyUnnamedChange(of entity: Entity, in workspace: Int) {
        let scope = InvalidationScope(type: entity.type, dependents: [entity.type])
        _ = store.invalidate(scope, in: workspace, startedAt: invalidationLogs[workspace].now)
        let change = Change(workspace: workspace, kind: .updated, type: entity.type, key: nil)
        changeFeeds[workspace].publish(change, from: .poll)
    }

    /// An object as it is cached, if no write of it is newer.
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
