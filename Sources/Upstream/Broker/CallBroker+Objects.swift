internal import GraphQL
internal import JSON

extension CallBroker {
    /// The present epoch of a workspace.
    func epoch(of workspace: Int) -> InvalidationLog.Epoch { invalidationLogs[workspace].now }

    /// Whether knowledge of an object from an epoch reflects every later invalidation of it.
    func isCurrent(_ epoch: InvalidationLog.Epoch, _ entity: Entity, key: String, workspace: Int) -> Bool {
        invalidationLogs[workspace].isCurrent(epoch, .object(entity.type, path: entity.path(of: key)))
    }

    /// Whether the response to a fetch by key may be stored: not if a write of the object that it shows is newer.
    ///
    /// If the requested path is not the object's own, writes of the object concern both paths from now on.
    func admit(
        _ document: SourceDocument,
        of key: CacheKey,
        purpose: CallPurpose,
        startedAt: InvalidationLog.Epoch
    ) -> Bool {
        guard purpose.isByKey, let entity = purpose.entity,
            let node = workspaces[key.workspace].reader.object(in: document, expecting: purpose.content),
            let ownKey = entity.key(of: node, in: document), case let ownPath = entity.path(of: ownKey),
            ownPath != key.path
        else { return true }
        knowledge.aliases.learn(key.path, of: ownPath, key: ownKey, type: entity.type, workspace: key.workspace)
        return invalidationLogs[key.workspace].isCurrent(startedAt, .object(entity.type, path: ownPath))
    }

    /// Records that the response to a write shows the object under another key than the written one.
    func learnAlias(_ plan: WritePlan, _ ownKey: String?, workspace: Int) {
        guard let entity = plan.entity, let key = plan.key, let ownKey, case let path = entity.path(of: key),
            case let ownPath = entity.path(of: ownKey), path != ownPath
        else { return }
        knowledge.aliases.learn(path, of: ownPath, key: ownKey, type: entity.type, workspace: workspace)
    }

    /// The key under which an object is shown, given one of its spellings.
    func shownKey(_ key: String, of entity: Entity, workspace: Int) -> String {
        knowledge.aliases.ownKey(of: entity.path(of: key), type: entity.type, workspace: workspace) ?? key
    }

    /// Fetches the list in which an entity was found again, in the background; returns false if it was found in no list.
    func refresh(_ found: CachedEntity, of entity: Entity, purpose: CallPurpose, context: CallContext) -> Bool {
        let (workspace, path) = (found.response.workspace, found.response.path)
        let reader = workspaces[workspace].reader
        // The cache path of a write's response begins with its method.
        guard !path.utf8.contains(UInt8(ascii: " ")), reader.hasRow(found.node, in: found.document) else {
            return false
        }
        let list = CallPurpose(policy: purpose.policy, rowsOf: entity, in: reader.conventions.listParameters)
        refresh(Call(workspace: workspace, path: path), key: found.response, purpose: list, context: context)
        return true
    }

    /// The invalidation scope of a write, with every known path of its object.
    func scope(of plan: WritePlan, key: String?, workspace: Int) -> InvalidationScope {
        var scope = InvalidationScope(type: plan.entity?.type, dependents: plan.dependents)
        guard let entity = plan.entity else { return scope }
        scope.dependents += entity.holders
        for key in [plan.key, key].compactMap(\.self) {
            guard let paths = knowledge.aliases.paths(of: entity.path(of: key), type: entity.type, workspace: workspace)
            else {
                scope.dependents.append(entity.type)
                continue
            }
            for path in paths where !scope.paths.contains(path) { scope.paths.append(path) }
        }
        return scope
    }
}
