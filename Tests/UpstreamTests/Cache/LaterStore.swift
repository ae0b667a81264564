import Synchronization
import Upstream

/// A store that has to look elsewhere for what it does not have at hand.
final class LaterStore: ResponseStore {
    private let own = InMemoryResponseStore(workspaces: 1)
    private let elsewhere: Mutex<[CacheKey: CachedResponse]>
    private let lookups = Mutex<[String]>([])

    init(elsewhere: [CacheKey: CachedResponse] = [:]) {
        self.elsewhere = Mutex(elsewhere)
    }

    /// The paths that were looked for elsewhere, in order.
    var paths: [String] { lookups.withLock { $0.sorted() } }

    func response(for key: CacheKey) -> StoredResponse {
        if case .found(let response) = own.response(for: key) { return .found(response) }
        return .later { [self] in
            lookups.withLock { $0.append(key.path) }
            return elsewhere.withLock { $0[key] }
        }
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
