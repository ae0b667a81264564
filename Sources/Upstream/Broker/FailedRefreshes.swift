internal import Caching
private import Synchronization

/// Remembers the responses that could not be refreshed in the last five seconds, so that not every request tries again.
final class FailedRefreshes: Sendable {
    private let instants = Mutex(SieveCache<CacheKey, ContinuousClock.Instant>(maximumBytes: maximumBytes))

    private static let maximumBytes = 512 << 10
    private static let pause = Duration.seconds(5)

    /// Whether a refresh may be tried.
    func mayTry(_ key: CacheKey, at now: ContinuousClock.Instant) -> Bool {
        instants.withLock { instants in
            guard let failedAt = instants.value(for: key) else { return true }
            return now >= failedAt + Self.pause
        }
    }

    /// The number of failures that are remembered.
    var count: Int { instants.withLock { $0.count } }

    /// Records that a response could not be fetched.
    func note(_ key: CacheKey, at now: ContinuousClock.Instant) {
        _ = instants.withLock { $0.insert(now, for: key, cost: key.allocatedBytes) }
    }
}
