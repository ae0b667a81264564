internal import JSON
private import Synchronization
internal import Upstream

/// Adds up who has spent calls lately, and remembers the operations that were slow.
package final class SpendingLog: GatewayObserver {
    private let state = Mutex(State())
    private let now: @Sendable () -> ContinuousClock.Instant

    /// The spending of one client with one operation in one minute.
    struct Spending: Sendable, Hashable {
        /// The fingerprint of the client's key; nil: it brought none.
        var client: String?
        var interface: RequestRecord.Interface
        var operation: String
        var requests = 0
        var calls = 0
        var cached = 0
        var errors = 0
        var waited: Duration = .zero
    }

    /// An operation that was slow.
    struct SlowOperation: Sendable, Hashable {
        let operation: String
        let client: String?
        let duration: Duration
        let calls: Int
        let endedAt: ContinuousClock.Instant
        /// What its calls were planned to be.
        let plan: [String]
    }

    fileprivate struct Key: Hashable {
        let client: String?
        let interface: RequestRecord.Interface
        let operation: String
    }

    fileprivate struct State {
        /// The spending of the current minute and of the one before.
        var current: [Key: Spending] = [:]
        var former: [Key: Spending] = [:]
        var startedAt: ContinuousClock.Instant?
        var slow: [SlowOperation] = []
    }

    private static let period = Duration.seconds(60)
    /// The most clients and operations of a minute; what comes on top counts as one.
    private static let maximumEntries = 1000
    private static let maximumSlowOperations = 10

    /// Makes an empty log.
    package init(now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }) {
        self.now = now
    }

    package func requestCompleted(_ record: RequestRecord) {
        let client = record.credential?.fingerprint
        let operation = record.outcome.name ?? record.outcome.fingerprint ?? "?"
        let now = now()
        state.withLock { state in
            state.roll(to: now, Self.period)
            var key = Key(client: client, interface: record.interface, operation: operation)
            if state.current[key] == nil, state.current.count >= Self.maximumEntries {
                key = Key(client: nil, interface: record.interface, operation: "others")
            }
            state.current[
                key,
                default: Spending(client: key.client, interface: key.interface, operation: key.operation)
            ].add(record)
            guard let plan = record.callPlan else { return }
            state.slow.insert(
                SlowOperation(
                    operation: operation,
                    client: client,
                    duration: record.duration,
                    calls: record.outcome.calls.made,
                    endedAt: now,
                    plan: plan
                ),
                at: 0
            )
            if state.slow.count > Self.maximumSlowOperations { state.slow.removeLast() }
        }
    }

    /// What was spent in this minute and the one before, the most first.
    func spending(_ count: Int) -> [Spending] {
        let now = now()
        let all = state.withLock { state in
            state.roll(to: now, Self.period)
            return state.current.merging(state.former) { $0.merged(with: $1) }.values
        }
        let sorted = all.sorted {
            ($0.calls, $0.requests, $1.operation) > ($1.calls, $1.requests, $0.operation)
        }
        return Array(sorted.prefix(count))
    }

    /// The operations that were slow, the last first.
    var slowOperations: [SlowOperation] { state.withLock { $0.slow } }
}

extension SpendingLog.State {
    /// Begins another minute once the current one has passed.
    fileprivate mutating func roll(to now: ContinuousClock.Instant, _ period: Duration) {
        guard let startedAt, now - startedAt < period * 2 else {
            (current, former, startedAt) = ([:], [:], now)
            return
        }
        guard now - startedAt >= period else { return }
        (current, former) = ([:], current)
        self.startedAt = startedAt + period
    }
}

extension SpendingLog.Spending {
    /// Adds a request.
    fileprivate mutating func add(_ record: RequestRecord) {
        requests += 1
        calls += record.outcome.calls.made
        cached += record.outcome.calls.cached
        waited += record.outcome.calls.waited
        if !record.outcome.errorCodes.isEmpty { errors += 1 }
    }

    /// The spending of two minutes.
    fileprivate func merged(with other: SpendingLog.Spending) -> SpendingLog.Spending {
        var sum = self
        sum.requests += other.requests
        sum.calls += other.calls
        sum.cached += other.cached
        sum.errors += other.errors
        sum.waited += other.waited
        return sum
    }
}
