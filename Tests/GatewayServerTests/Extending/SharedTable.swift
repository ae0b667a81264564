import Synchronization
import Upstream

/// A stand-in for a server that several processes share, which also passes on what a write of one of them has changed.
final class SharedTable: Sendable {
    private struct State {
        var responses: [CacheKey: CachedResponse] = [:]
        var stores: [InMemoryResponseStore] = []
    }

    private let state = Mutex(State())

    func join(_ store: InMemoryResponseStore) { state.withLock { $0.stores.append(store) } }

    func response(for key: CacheKey) async -> CachedResponse? { state.withLock { $0.responses[key] } }

    func store(_ response: CachedResponse, for key: CacheKey) { state.withLock { $0.responses[key] = response } }

    func remove(_ key: CacheKey) { state.withLock { $0.responses[key] = nil } }

    /// Drops the responses of a workspace, and ends what the other stores have of it.
    func invalidate(_ scope: InvalidationScope, in workspace: Int, except own: InMemoryResponseStore) {
        let others = state.withLock { state in
            state.responses = state.responses.filter { $0.key.workspace != workspace }
            return state.stores.filter { $0 !== own }
        }
        for store in others {
            _ = store.invalidate(scope, in: workspace, startedAt: store.invalidations(of: workspace).now)
        }
    }
}
