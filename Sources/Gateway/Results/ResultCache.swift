internal import Caching
internal import GraphQL
private import Synchronization
internal import Upstream

/// Serialized results of queries: a selection over responses that have not changed is not executed again.
///
/// A result is cached when everything in it came from fresh responses, and is used until one of these expires or anything
/// has changed that its caller can be shown. So it is never older than what execution would give.
///
/// A result is cached only when it is requested a second time while nothing has changed.
final class ResultCache: Sendable {
    /// Which result is meant, and what it was seen of: what was true before the execution began.
    struct Name: Sendable {
        fileprivate let key: Key
        fileprivate let changes: UInt64
        fileprivate let startedAt: ContinuousClock.Instant
        fileprivate let keyHash: Int

        /// Another one once something has changed.
        fileprivate var hash: Int {
            var hasher = Hasher()
            hasher.combine(keyHash)
            hasher.combine(changes)
            return hasher.finalize()
        }
    }

    fileprivate struct Key: Sendable, Hashable {
        let form: OperationSignature
        let view: CallerView
    }

    /// A cached result.
    struct CachedResult: Sendable {
        let data: SerializedResult
        /// The estimated cost of the operation when it was executed.
        let estimate: OperationEstimate
        /// How many cached responses it came from.
        let cachedCalls: Int
        /// When the first of these responses is no longer fresh.
        let expiry: ContinuousClock.Instant
        fileprivate let changes: UInt64
    }

    private struct State {
        var results: SieveCache<Key, CachedResult>
        var doorkeeper = Doorkeeper()
        var reuses = 0
    }

    private final class Shard: Sendable {
        let state: Mutex<State>

        init(capacity: Int) { state = Mutex(State(results: SieveCache(capacity: capacity))) }
    }

    private let shards: [Shard]
    private let isOff: Bool
    private let now: @Sendable () -> ContinuousClock.Instant

    /// The memory of an entry beside the result's bytes: the key's table entries, the arrays.
    private static let overhead = 512

    /// As many parts are locked one by one.
    private static let shardCount = 8

    /// Makes a cache.
    ///
    /// - Parameters:
    ///   - capacity: the most bytes of all results together; 0: nothing is cached.
    ///   - now: the clock by which responses age.
    init(capacity: Int, now: @escaping @Sendable () -> ContinuousClock.Instant) {
        shards = (0..<Self.shardCount).map { _ in Shard(capacity: capacity / Self.shardCount) }
        isOff = capacity == 0
        self.now = now
    }

    /// The name for the result of an execution that begins now; nil if it cannot be cached.
    func name(of execution: Execution, for session: CallSession) -> Name? {
        guard !isOff, let form = OperationSignature(execution) else { return nil }
        let key = Key(form: form, view: session.view)
        return Name(key: key, changes: session.changes, startedAt: now(), keyHash: key.hashValue)
    }

    /// The result of that name, if it is still what execution would give.
    func result(_ name: Name) -> CachedResult? {
        // Evicted values are released after the lock.
        let (cached, isCurrent) = shard(of: name).state.withLock { state -> (CachedResult?, Bool) in
            guard let cached = state.results.value(for: name.key) else { return (nil, false) }
            guard cached.changes == name.changes, cached.expiry > name.startedAt else {
                return (state.results.removeValue(for: name.key), false)
            }
            state.reuses += 1
            return (cached, true)
        }
        return isCurrent ? cached : nil
    }

    /// How many results are cached, and how often one has been used again.
    var use: (cached: Int, reuses: Int) {
        shards.reduce(into: (0, 0)) { sum, shard in
            let (cached, reuses) = shard.state.withLock { ($0.results.count, $0.reuses) }
            sum = (sum.0 + cached, sum.1 + reuses)
        }
    }

    private func shard(of name: Name) -> Shard {
        shards[Int(UInt(bitPattern: name.keyHash) % UInt(shards.count))]
    }

    /// Stores the result of an execution without errors, if it came from fresh responses and was requested before.
    func store(
        _ data: @autoclosure () -> SerializedResult,
        as name: Name,
        estimate: OperationEstimate,
        report: CallReport.Counts
    ) {
        guard report.isRepeatable, let freshFor = report.freshFor,
            case let shard = shard(of: name), shard.state.withLock({ $0.doorkeeper.hasSeen(name.hash) })
        else { return }
        let cached = CachedResult(
            data: data(),
            estimate: estimate,
            cachedCalls: report.cached,
            expiry: name.startedAt + freshFor,
            changes: name.changes
        )
        let cost = cached.data.size + name.key.form.size + Self.overhead
        let dropped = shard.state.withLock { $0.results.insert(cached, for: name.key, cost: cost) }
        withExtendedLifetime(dropped) {}
    }
}

extension ResultCache.CachedResult {
    /// The report of calls for a response with this result, at a time.
    func report(at name: ResultCache.Name) -> CallReport.Counts {
        var counts = CallReport.Counts()
        counts.cached = cachedCalls
        counts.freshFor = expiry - name.startedAt
        return counts
    }
}
