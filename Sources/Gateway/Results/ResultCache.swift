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
        fileprivate let begun: ContinuousClock.Instant

        /// Another one once something has changed.
        fileprivate var hash: Int {
            var hasher = Hasher()
            hasher.combine(key)
            hasher.combine(changes)
            return hasher.finalize()
        }
    }

    fileprivate struct Key: Sendable, Hashable {
        let form: OperationForm
        let view: CallerView
    }

    /// A result that is kept.
    struct Kept: Sendable {
        let data: WrittenData
        /// The price of the operation when it was executed.
        let price: PriceRange
        /// How many answers it came from.
        let cachedCalls: Int
        /// When the first of these answers is no longer fresh.
        let expiry: ContinuousClock.Instant
        fileprivate let changes: UInt64
    }

    private struct State {
        var results: SieveCache<Key, Kept>
        var doorkeeper = Doorkeeper()
        var reuses = 0
    }

    private let state: Mutex<State>
    private let isOff: Bool
    private let now: @Sendable () -> ContinuousClock.Instant

    /// What a result costs beside its bytes: the key's table entries, the arrays.
    private static let overhead = 512

    /// Makes a cache.
    ///
    /// - Parameters:
    ///   - capacity: the most bytes of all results together; 0: nothing is kept.
    ///   - now: the clock by which answers age.
    init(capacity: Int, now: @escaping @Sendable () -> ContinuousClock.Instant) {
        state = Mutex(State(results: SieveCache(capacity: capacity)))
        isOff = capacity == 0
        self.now = now
    }

    /// The name of what an execution that has just begun will come to; nil if it is not to be kept.
    func name(of execution: Execution, for session: CallSession) -> Name? {
        guard !isOff, let form = OperationForm(execution) else { return nil }
        return Name(key: Key(form: form, view: session.view), changes: session.changes, begun: now())
    }

    /// The result of that name, if it is still what execution would give.
    func result(_ name: Name) -> Kept? {
        state.withLock { state in
            guard let kept = state.results.value(for: name.key) else { return nil }
            guard kept.changes == name.changes, kept.expiry > name.begun else {
                state.results.removeValue(for: name.key)
                return nil
            }
            state.reuses += 1
            return kept
        }
    }

    /// How many results are kept, and how often one has been used again.
    var use: (kept: Int, reuses: Int) { state.withLock { ($0.results.count, $0.reuses) } }

    /// Keeps what an execution without errors came to, if it came from fresh answers and has been asked for before.
    func keep(_ data: @autoclosure () -> WrittenData, as name: Name, price: PriceRange, report: CallReport.Counts) {
        guard report.isRepeatable, let freshFor = report.freshFor,
            state.withLock({ $0.doorkeeper.hasSeen(name.hash) })
        else { return }
        let kept = Kept(
            data: data(),
            price: price,
            cachedCalls: report.cached,
            expiry: name.begun + freshFor,
            changes: name.changes
        )
        let cost = kept.data.size + name.key.form.size + Self.overhead
        state.withLock { _ = $0.results.insert(kept, for: name.key, cost: cost) }
    }
}

extension ResultCache.Kept {
    /// What a response of this result tells of its calls at a time.
    func report(at name: ResultCache.Name) -> CallReport.Counts {
        var counts = CallReport.Counts()
        counts.cached = cachedCalls
        counts.freshFor = expiry - name.begun
        return counts
    }
}
