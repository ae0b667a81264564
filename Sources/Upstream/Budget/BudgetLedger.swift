/// The state of a key's budget and its queue: everything but locks, clocks and tasks.
struct BudgetLedger: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// A call that waits.
    struct Waiter: Sendable, Hashable {
        let id: Int
        let kind: CallKind
        let priority: CallPriority
        let caller: CallerID
        let deadline: Instant
    }

    /// The outcome of waiting: the call may be made, or why not.
    struct Decision: Sendable, Hashable {
        let id: Int
        let refusal: BudgetRefusal?
    }

    private var windows: [BudgetWindow]
    private var queues: [FairQueue<Waiter>]
    /// The earliest deadline of each queue, or an earlier time.
    private var deadlines: [Instant?] = [nil, nil]
    private var reportedLimits: [Int?] = [nil, nil]
    /// When the timer that is set goes off.
    private var alarm: Instant?

    init(allowance: Allowance) {
        windows = CallKind.allCases.map { BudgetWindow(limit: allowance.limit(of: $0)) }
        queues = CallKind.allCases.map { _ in FairQueue() }
    }

    /// Whether the upstream is known to count writes apart from reads.
    ///
    /// Until then, a write also counts as a read.
    private var countsApart: Bool {
        guard let reads = reportedLimits[CallKind.read.rawValue], let writes = reportedLimits[CallKind.write.rawValue]
        else {
            return false
        }
        return reads != writes
    }

    /// The windows in which a call counts.
    private func counters(of kind: CallKind) -> [CallKind] {
        kind == .write && !countsApart ? [.write, .read] : [kind]
    }

    private mutating func available(_ kind: CallKind, priority: CallPriority, at now: Instant) -> Int {
        var available = Int.max
        for counter in counters(of: kind) {
            available = min(available, windows[counter.rawValue].available(at: now, priority: priority))
        }
        return available
    }

    private mutating func opens(_ kind: CallKind, forCalls calls: Int = 1, at now: Instant) -> Instant {
        var opens = now
        for counter in counters(of: kind) {
            opens = max(opens, windows[counter.rawValue].opens(at: now, forCalls: calls))
        }
        return opens
    }

    private mutating func spend(_ count: Int, _ kind: CallKind, at now: Instant) {
        guard count > 0 else { return }
        for counter in counters(of: kind) { windows[counter.rawValue].spend(count, at: now) }
    }

    // MARK: - Calls

    /// Takes up to a number of calls, none if calls wait that are as urgent.
    mutating func take(_ count: Int, kind: CallKind, priority: CallPriority, at now: Instant) -> Int {
        let isTaken = CallKind.allCases.contains { other in
            counters(of: other).contains(kind) && queues[other.rawValue].holds(atLeast: priority)
        }
        guard count > 0, !isTaken else { return 0 }
        let taken = min(count, available(kind, priority: priority, at: now))
        spend(taken, kind, at: now)
        return taken
    }

    /// Lets a call wait, unless its turn cannot come in time.
    mutating func admit(_ waiter: Waiter, at now: Instant) -> BudgetRefusal? {
        let kind = waiter.kind
        var ahead = queues[kind.rawValue].ahead(priority: waiter.priority, caller: waiter.caller)
        if kind == .read, !countsApart { ahead += queues[CallKind.write.rawValue].count }
        let opens = opens(kind, forCalls: ahead + 1, at: now)
        // A refresh is made now or not at all.
        guard opens <= waiter.deadline, waiter.priority != .refresh else {
            return BudgetRefusal(retryAfter: Self.seconds(from: now, to: opens))
        }
        queues[kind.rawValue].add(waiter, priority: waiter.priority, caller: waiter.caller)
        deadlines[kind.rawValue] = min(deadlines[kind.rawValue] ?? waiter.deadline, waiter.deadline)
        return nil
    }

    /// Frees the place of a call; false if it waits no more.
    mutating func cancel(id: Int, kind: CallKind) -> Bool {
        !queues[kind.rawValue].removeAll { $0.id == id }.isEmpty
    }

    /// Refunds a call that was not sent.
    mutating func refund(_ kind: CallKind) {
        for counter in counters(of: kind) { windows[counter.rawValue].refund() }
    }

    /// Learns from a response's header fields.
    mutating func learn(_ kind: CallKind, limit: Int?, remaining: Int?, reset: Duration?, at now: Instant) {
        if let limit, limit > 0 { reportedLimits[kind.rawValue] = limit }
        windows[kind.rawValue].learn(limit: limit, remaining: remaining, reset: reset, at: now)
    }

    /// Makes no call for a while.
    ///
    /// - Parameters:
    ///   - duration: how long.
    ///   - kind: which kind of call was refused; nil: none was.
    ///   - isBurst: whether it was refused although calls are left.
    ///   - now: the time.
    mutating func pause(for duration: Duration, rejected kind: CallKind?, isBurst: Bool = false, at now: Instant) {
        for counter in CallKind.allCases {
            windows[counter.rawValue].pause(
                for: duration,
                isRejection: counter == kind,
                isBurst: isBurst,
                at: now
            )
        }
    }

    /// The rest of the budget for reads.
    mutating func snapshot(at now: Instant, unixTime: Int) -> QuotaSnapshot {
        let index = CallKind.read.rawValue
        let remaining = windows[index].remaining(at: now)
        let end = windows[index].knownEnd.map { unixTime + Self.seconds(from: now, to: $0) }
        return QuotaSnapshot(limit: windows[index].limit, remaining: remaining, resetsAt: end)
    }

    /// The limit, the rest and the queue of one kind of call.
    mutating func status(of kind: CallKind, at now: Instant) -> BudgetStatus {
        BudgetStatus(
            kind: kind,
            limit: windows[kind.rawValue].limit,
            remaining: windows[kind.rawValue].remaining(at: now),
            waiting: queues[kind.rawValue].count
        )
    }

    // MARK: - Waiting

    /// Lets calls go that may, and refuses those whose turn cannot come in time any more.
    ///
    /// Writes go first: there are few of them, and somebody waits for each.
    mutating func serve(at now: Instant) -> [Decision] {
        var decisions: [Decision] = []
        for kind in CallKind.allCases.reversed() where !queues[kind.rawValue].isEmpty {
            let opening = opens(kind, at: now)
            if let deadline = deadlines[kind.rawValue], deadline < opening {
                decisions += refuse(kind, before: opening, at: now)
            }
            while let priority = queues[kind.rawValue].nextPriority, available(kind, priority: priority, at: now) > 0,
                let waiter = queues[kind.rawValue].next()
            {
                spend(1, kind, at: now)
                decisions.append(Decision(id: waiter.id, refusal: nil))
            }
            guard !queues[kind.rawValue].isEmpty else { continue }
            let next = opens(kind, at: now)
            if let deadline = deadlines[kind.rawValue], deadline < next {
                decisions += refuse(kind, before: next, at: now)
            }
        }
        return decisions
    }

    /// Refuses the calls whose deadline is before an opening.
    private mutating func refuse(_ kind: CallKind, before opening: Instant, at now: Instant) -> [Decision] {
        let refusal = BudgetRefusal(retryAfter: Self.seconds(from: now, to: opening))
        let refused = queues[kind.rawValue].removeAll { $0.deadline < opening }
        deadlines[kind.rawValue] = queues[kind.rawValue].least { $0.deadline }
        return refused.map { Decision(id: $0.id, refusal: refusal) }
    }

    /// When to serve again, if no timer goes off sooner; the timer must be set then.
    ///
    /// Each call that waits can be made then at the earliest, and none has a deadline before.
    mutating func nextAlarm(at now: Instant) -> Instant? {
        let openings = CallKind.allCases.filter { !queues[$0.rawValue].isEmpty }.map { opens($0, at: now) }
        guard let next = openings.min(), alarm.map({ next < $0 }) ?? true else { return nil }
        alarm = next
        return next
    }

    /// Notes that a timer went off.
    mutating func alarmWentOff(_ instant: Instant) {
        if let set = alarm, set <= instant { alarm = nil }
    }

    private static func seconds(from start: Instant, to end: Instant) -> Int {
        let duration = end - start
        return max(1, Int(duration.components.seconds) + (duration.components.attoseconds > 0 ? 1 : 0))
    }
}
