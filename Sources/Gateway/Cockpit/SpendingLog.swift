internal import JSON
private import Synchronization
internal import Upstream

/// Sums the calls of clients in the last two minutes, and stores the last slow operations.
package final class SpendingLog: GatewayObserver {
    private let state = Mutex(State())
    private let now: @Sendable () -> ContinuousClock.Instant

    /// The spending of one client with one operation in one minute.
    struct Spending: Sendable, Hashable {
        /// The configured name of the client, or the fingerprint of its key; nil: it had none.
        var client: String?
        var lane: String
        var interface: RequestRecord.Interface
        var operation: String
        var requests = 0
        var calls = 0
        var cached = 0
        var errors = 0
        var waited: Duration = .zero
    }

    /// The spending of one lane.
    struct LaneSpending: Sendable, Hashable {
        let name: String
        var requests = 0
        var calls = 0
        var cached = 0
        var waited: Duration = .zero
    }

    /// An operation that was slow.
    struct SlowOperation: Sendable, Hashable {
        let operation: String
        let client: String?
        let duration: Duration
        let calls: Int
        let endedAt: ContinuousClock.Instant
        /// The lines of the operation's plan, each with its estimated calls.
        let plan: [String]
    }

    fileprivate struct Key: Hashable {
        let client: String?
        let lane: String
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
    /// The most clients and operations of a minute; further ones are summed as `others`.
    private static let maximumEntries = 1000
    private static let maximumSlowOperations = 10
    /// The most bytes of an operation's name: clients choose it, and the table has many.
    private static let maximumNameBytes = 200

    /// Makes an empty log.
    package init(now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }) {
        self.now = now
    }

    package func requestCompleted(_ record: RequestRecord) {
        let client = record.client ?? record.credential?.fingerprint
        let operation = Self.shortened(record.outcome.name ?? record.outcome.fingerprint ?? "?")
        let lane = record.lane ?? (record.interface == .graphQL ? CallerGroup.people : .scripts).rawValue
        let now = now()
        state.withLock { state in
            state.roll(to: now, Self.period)
            var key = Key(client: client, lane: lane, interface: record.interface, operation: operation)
            if state.current[key] == nil, state.current.count >= Self.maximumEntries {
                key = Key(client: nil, lane: lane, interface: record.interface, operation: "others")
            }
            let none = Spending(client: key.client, lane: lane, interface: key.interface, operation: key.operation)
            state.current[key, default: none].add(record)
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

    private static func shortened(_ name: String) -> String {
        guard name.utf8.count > maximumNameBytes else { return name }
        return String(decoding: name.utf8.prefix(maximumNameBytes), as: UTF8.self) + "…"
    }

    /// The entries with the most calls in this minute and the one before, the most first.
    func spending(_ count: Int) -> [Spending] {
        let sorted = all.sorted {
            ($0.calls, $0.requests, $1.operation) > ($1.calls, $1.requests, $0.operation)
        }
        return Array(sorted.prefix(count))
    }

    /// The spending of each lane in this minute and the one before, sorted by name.
    var lanes: [LaneSpending] {
        var lanes: [String: LaneSpending] = [:]
        for entry in all {
            lanes[entry.lane, default: LaneSpending(name: entry.lane)].add(entry)
        }
        return lanes.values.sorted { $0.name < $1.name }
    }

    private var all: some Sequence<Spending> {
        let now = now()
        return state.withLock { state in
            state.roll(to: now, Self.period)
            return state.current.merging(state.former) { $0.merged(with: $1) }.values
        }
    }

    /// The last slow operations, the latest first.
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

extension SpendingLog.LaneSpending {
    /// Adds the spending of a client in the lane.
    fileprivate mutating func add(_ spending: SpendingLog.Spending) {
        requests += spending.requests
        calls += spending.calls
        cached += spending.cached
        waited += spending.waited
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

    /// The sum of the spending of two minutes.
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
