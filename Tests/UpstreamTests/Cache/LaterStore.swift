import Synchronization
import Upstream

/// A store that has to look elsewhere for what it does not have at hand.
final class LaterStore: WrappingStore {
    let own = InMemoryResponseStore(workspaces: 1)
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
}
