internal import Caching
internal import GraphQL
private import Synchronization
internal import Upstream

/// What queries came to, written out: the same selection over answers that have not changed is not executed again.
///
/// A result is kept when everything in it came from fresh answers, and is used until one of these is too old or anything
/// has changed that its caller can be shown. So it is never older than what execution would give.
///
/// What is asked for once is not kept: a result must be asked for twice while nothing changes.
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

    /// A result that is kept.
    struct CachedResult: Sendable {
        let data: SerializedResult
        /// The price of the operation when it was executed.
        let cost: CostRange
        /// How many answers it came from.
        let cachedCalls: Int
        /// When the first of these answers is no longer fresh.
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

    /// What a result costs beside its bytes: the key's table entries, the arrays.
    private static let overhead = 512

    /// As many parts are locked one by one.
    private static let shardCount = 8

    /// Makes a cache.
    ///
    /// - Parameters:
    ///   - capacity: the most bytes of all results together; 0: nothing is kept.
    ///   - now: the clock by which answers age.
    init(capacity: Int, now: @escaping @Sendable () -> ContinuousClock.Instant) {
        shards = (0..<Self.shardCount).map { _ in Shard(capacity: capacity / Self.shardCount) }
        isOff = capacity == 0
        self.now = now
    }

    /// The name of what an execution that has just begun will come to; nil if it is not to be kept.
    func name(of execution: Execution, for session: CallSession) -> Name? {
        guard !isOff, let form = OperationSignature(execution) else { return nil }
        let key = Key(form: form, view: session.view)
        return Name(key: key, changes: session.changes, startedAt: now(), keyHash: key.hashValue)
    }

    /// The result of that name, if it is still what execution would give.
    func result(_ name: Name) -> CachedResult? {
        // What is dropped is let go of once the lock is free.
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

    /// How many results are kept, and how often one has been used again.
    var use: (cached: Int, reuses: Int) {
        shards.reduce(into: (0, 0)) { sum, shard in
            let (cached, reuses) = shard.state.withLock { ($0.results.count, $0.reuses) }
            sum = (sum.0 + cached, sum.1 + reuses)
        }
    }

    private func shard(of name: Name) -> Shard {
        shards[Int(UInt(bitPattern: name.keyHash) % UInt(shards.count))]
    }

    /// Keeps what an execution without errors came to, if it came from fresh answers and has been asked for before.
    func store(_ data: @autoclosure () -> SerializedResult, as name: Name, cost: CostRange, report: CallReport.Counts) {
        guard report.isRepeatable, let freshFor = report.freshFor,
            case let shard = shard(of: name), shard.state.withLock({ $0.doorkeeper.hasSeen(name.hash) })
        else { return }
        let cached = CachedResult(
            data: data(),
            cost: cost,
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
    /// What a response of this result tells of its calls at a time.
    func report(at name: ResultCache.Name) -> CallReport.Counts {
        var counts = CallReport.Counts()
        counts.cached = cachedCalls
        counts.freshFor = expiry - name.startedAt
        return counts
    }
}
