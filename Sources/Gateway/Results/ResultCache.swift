internal import Caching
internal import GraphQL
private import Synchronization
internal import Upstream

/// The cache of serialized query results: an equal operation on unchanged responses is not executed again.
///
/// A result is cached if it was made from fresh responses alone, and is used until one of them is stale or any data that its caller
/// may see have changed. So it is never older than the result of an execution would be.
///
/// A result is only cached when it is requested for the second time while nothing changes.
final class ResultCache: Sendable {
    private struct CachedResult: Sendable {
        let data: SerializedResult
        /// The estimated calls of the operation when it was executed.
        let estimate: OperationEstimate
        /// The number of responses that it was made from.
        let cachedCalls: Int
        /// The instant at which the first of these responses is no longer fresh.
        let expiry: ContinuousClock.Instant
        let changes: UInt64
    }

    private struct State {
        var results: SieveCache<ResultKey.Identity, CachedResult>
        var doorkeeper = Doorkeeper()
        var reuses = 0
    }

    private final class Shard: Sendable {
        let state: Mutex<State>

        init(capacity: Int) { state = Mutex(State(results: SieveCache(maximumBytes: capacity))) }
    }

    private let shards: [Shard]
    private let isOff: Bool

    /// The number of shards, each with a lock of its own.
    private static let shardCount = 8

    /// Makes a cache.
    ///
    /// - Parameter capacity: the most bytes of all results together; 0: nothing is cached.
    init(capacity: Int) {
        shards = (0..<Self.shardCount).map { _ in Shard(capacity: capacity / Self.shardCount) }
        isOff = capacity == 0
    }

    /// Whether results are cached.
    var isEnabled: Bool { !isOff }

    /// The cached result of a key, if an execution would still have the same.
    func result(_ key: ResultKey) -> ReusedResult? {
        guard !isOff else { return nil }
        // Dropped results are freed outside of the lock.
        let (cached, isCurrent) = shard(of: key).state.withLock { state -> (CachedResult?, Bool) in
            guard let cached = state.results.value(for: key.identity) else { return (nil, false) }
            guard cached.changes == key.changes, cached.expiry > key.startedAt else {
                return (state.results.removeValue(for: key.identity), false)
            }
            state.reuses += 1
            return (cached, true)
        }
        guard isCurrent, let cached else { return nil }
        var report = CallReport.Counts()
        report.cached = cached.cachedCalls
        report.freshFor = cached.expiry - key.startedAt
        return ReusedResult(data: cached.data, estimate: cached.estimate, report: report)
    }

    /// The number of cached results, and the number of times that one has been reused.
    var use: (cached: Int, reuses: Int) {
        shards.reduce(into: (0, 0)) { sum, shard in
            let (cached, reuses) = shard.state.withLock { ($0.results.count, $0.reuses) }
            sum = (sum.0 + cached, sum.1 + reuses)
        }
    }

    /// The bytes of all results, as estimated.
    var cost: Int { shards.reduce(0) { $0 + $1.state.withLock(\.results.cost) } }

    /// The bytes of a result outside of the table, with an allowance for unused memory between allocations.
    private static func cost(of cached: CachedResult, _ identity: ResultKey.Identity) -> Int {
        let key = identity.signature.memoryFootprint + identity.view.memoryFootprint
        let bytes = cached.data.memoryFootprint + key
        return bytes + bytes / 16
    }

    private func shard(of key: ResultKey) -> Shard {
        shards[Int(UInt(bitPattern: key.identityHash) % UInt(shards.count))]
    }

    /// Whether a result with this report is to be cached: it was made from fresh responses, and was requested before.
    func wants(_ report: CallReport.Counts, for key: ResultKey) -> Bool {
        guard !isOff, report.isRepeatable else { return false }
        return shard(of: key).state.withLock { $0.doorkeeper.hasSeen(key.hash) }
    }

    /// Caches a result for which `wants(_:for:)` has returned true.
    func store(_ result: ReusedResult, for key: ResultKey) {
        guard let freshFor = result.report.freshFor else { return }
        let cached = CachedResult(
            data: result.data,
            estimate: result.estimate,
            cachedCalls: result.report.cached,
            expiry: key.startedAt + freshFor,
            changes: key.changes
        )
        let cost = Self.cost(of: cached, key.identity)
        let dropped = shard(of: key).state.withLock { $0.results.insert(cached, for: key.identity, cost: cost) }
        withExtendedLifetime(dropped) {}
    }
}
