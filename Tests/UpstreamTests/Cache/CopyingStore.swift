import Upstream

/// A store that gives out copies: what has been made of a response is not found again.
struct CopyingStore: ResponseStore {
    private let own = InMemoryResponseStore(workspaces: 1)

    func response(for key: CacheKey) -> StoredResponse {
        guard case .found(let response) = own.response(for: key) else { return own.response(for: key) }
        return .found(response.current(at: response.startedAt))
    }

    func store(_ response: CachedResponse, entities: ResponseEntities?, for key: CacheKey, if condition: StoreCondition)
    {
        own.store(response, entities: entities, for: key, if: condition)
    }

    func entity(for key: EntityKey) -> CachedEntity? { own.entity(for: key) }
    func remove(_ key: CacheKey) -> Bool { own.remove(key) }
    func removeEntity(_ key: EntityKey) -> Bool { own.removeEntity(key) }
    func changes(in scope: CacheScope) -> UInt64 { own.changes(in: scope) }
    func invalidations(of workspace: Int) -> InvalidationLog { own.invalidations(of: workspace) }
}
