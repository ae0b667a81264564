import Upstream

/// A store in front of a table that several gateways share: what one of them has fetched, the others need not.
final class SharedStore: ResponseStore {
    private let own: InMemoryResponseStore
    private let table: SharedTable

    init(_ table: SharedTable, workspaces: Int) {
        own = InMemoryResponseStore(workspaces: workspaces)
        self.table = table
        table.join(own)
    }

    func response(for key: CacheKey) -> StoredResponse {
        if case .found(let response) = own.response(for: key) { return .found(response) }
        // What ends while the table is asked is newer than its response.
        let epoch = own.invalidations(of: key.workspace).now
        return .later { [own, table] in
            guard let shared = await table.response(for: key) else { return nil }
            let response = shared.current(at: epoch)
            own.store(response, entities: nil, for: key, if: .newer)
            return response
        }
    }

    func store(_ response: CachedResponse, entities: ResponseEntities?, for key: CacheKey, if condition: StoreCondition)
    {
        own.store(response, entities: entities, for: key, if: condition)
        if response.startedAt >= own.invalidations(of: key.workspace).now { table.store(response, for: key) }
    }

    func invalidate(
        _ scope: InvalidationScope,
        in workspace: Int,
        startedAt: InvalidationLog.Epoch
    ) -> InvalidationLog.Epoch? {
        table.invalidate(scope, in: workspace, except: own)
        return own.invalidate(scope, in: workspace, startedAt: startedAt)
    }

    func remove(_ key: CacheKey) -> Bool {
        table.remove(key)
        return own.remove(key)
    }

    func entity(for key: EntityKey) -> CachedEntity? { own.entity(for: key) }
    func removeEntity(_ key: EntityKey) -> Bool { own.removeEntity(key) }
    func changes(in scope: CacheScope) -> UInt64 { own.changes(in: scope) }
    func invalidations(of workspace: Int) -> InvalidationLog { own.invalidations(of: workspace) }
}
