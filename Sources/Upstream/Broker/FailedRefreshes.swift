internal import Caching
private import Synchronization

/// Which responses could not be refreshed a short time ago: not every request tries them again.
final class FailedRefreshes: Sendable {
    private let instants = Mutex(SieveCache<CacheKey, ContinuousClock.Instant>(maximumBytes: maximumBytes))

    private static let maximumBytes = 512 << 10
    private static let pause = Duration.seconds(5)

    /// Whether it is time to try.
    func mayTry(_ key: CacheKey, at now: ContinuousClock.Instant) -> Bool {
        instants.withLock { instants in
            guard let failedAt = instants.value(for: key) else { return true }
            return now >= failedAt + Self.pause
        }
    }

    /// How many are remembered.
    var count: Int { instants.withLock { $0.count } }

    /// Notes that a response could not be fetched.
    func note(_ key: CacheKey, at now: ContinuousClock.Instant) {
        _ = instants.withLock { $0.insert(now, for: key, cost: key.allocatedBytes) }
    }
}
