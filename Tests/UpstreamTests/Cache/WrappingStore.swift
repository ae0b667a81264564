import Upstream

/// A store that differs from the one in memory in what it gives out.
protocol WrappingStore: ResponseStore {
    /// Where responses are stored.
    var own: InMemoryResponseStore { get }
}

extension WrappingStore {
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
