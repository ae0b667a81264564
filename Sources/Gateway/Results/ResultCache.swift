internal import Caching
internal import GraphQL
private import Synchronization
internal import Upstream

/// Results of queries, serialized: an equal selection from responses that have not changed is not executed again.
///
/// A result is cached if all of it came from fresh responses, and is used until one of these is stale or anything has changed
/// that its caller can be shown. So it is never older than what execution would give.
///
/// What is asked for once is not cached: a result must be asked for twice while nothing changes.
final class ResultCache: Sendable {
    private struct CachedResult: Sendable {
        let data: SerializedResult
        /// The estimated calls of the operation when it was executed.
        let estimate: OperationEstimate
        /// How many responses it came from.
        let cachedCalls: Int
        /// When the first of these responses is no longer fresh.
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

    /// The number of parts, each with a lock of its own.
    private static let shardCount = 8

    /// Makes a cache.
    ///
    /// - Parameter capacity: the most bytes of all results together; 0: nothing is cached.
    init(capacity: Int) {
        shards = (0..<Self.shardCount).map { _ in Shard(capacity: capacity / Self.shardCount) }
        isOff = capacity == 0
    }

    /// Whether results are cached at all.
    var isEnabled: Bool { !isOff }

    /// The result that is cached under a key, if it is still what execution would give.
    func result(_ key: ResultKey) -> ReusedResult? {
        guard !isOff else { return nil }
        // Dropped results are freed after the lock.
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

    /// How many results are cached, and how often one has been reused.
    var use: (cached: Int, reuses: Int) {
        shards.reduce(into: (0, 0)) { sum, shard in
            let (cached, reuses) = shard.state.withLock { ($0.results.count, $0.reuses) }
            sum = (sum.0 + cached, sum.1 + reuses)
        }
    }

    /// The memory that all results take up, as it is counted.
    var cost: Int { shards.reduce(0) { $0 + $1.state.withLock(\.results.cost) } }

    /// What a result takes up outside of the table, with the room that lies idle between allocations.
    private static func cost(of cached: CachedResult, _ identity: ResultKey.Identity) -> Int {
        let key = identity.signature.memoryFootprint + identity.view.memoryFootprint
        let bytes = cached.data.memoryFootprint + key
        return bytes + bytes / 16
    }

    private func shard(of key: ResultKey) -> Shard {
        shards[Int(UInt(bitPattern: key.identityHash) % UInt(shards.count))]
    }

    /// Whether a result that is described by a report is to be cached: it came from fresh responses, and has been asked for before.
    func wants(_ report: CallReport.Counts, for key: ResultKey) -> Bool {
        guard !isOff, report.isRepeatable else { return false }
        return shard(of: key).state.withLock { $0.doorkeeper.hasSeen(key.hash) }
    }

    /// Caches a result that `wants(_:for:)` has asked for.
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
