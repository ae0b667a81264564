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
        /// The lane from whose share of the budget the call is made.
        var lane = BudgetLane.none

        var urgency: CallUrgency { CallUrgency(priority, lane) }
    }

    /// The end of a call's wait: it may be made, or the refusal states why not.
    struct Decision: Sendable, Hashable {
        let id: Int
        let refusal: BudgetRefusal?
    }

    private var windows: [BudgetWindow]
    /// The calls held back for lanes, one element per kind of call.
    private var reserves = CallKind.allCases.map { _ in LaneReserves() }
    private var queues: [FairQueue<Waiter>]
    /// The earliest deadline of each queue, or an earlier time.
    private var deadlines: [Instant?] = [nil, nil]
    private var reportedLimits: [Int?] = [nil, nil]
    /// The time at which the earliest timer that is set fires; nil: none is set.
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

    private mutating func available(_ kind: CallKind, _ urgency: CallUrgency, at now: Instant) -> Int {
        var available = Int.max
        for counter in counters(of: kind) {
            let end = windows[counter.rawValue].expectedEnd(at: now)
            available = min(available, left(counter, for: urgency, end: end, at: now))
        }
        return available
    }

    /// The calls that one window has left for calls of an urgency; `end` is nil if the window's end is not known.
    private mutating func left(_ counter: CallKind, for urgency: CallUrgency, end: Instant?, at now: Instant) -> Int {
        let index = counter.rawValue
        let left = windows[index].available(at: now, priority: urgency.priority)
        // PERF: mostly all calls are in one lane.
        guard left > 0, reserves[index].concerns(urgency), let limit = windows[index].limit else { return left }
        let held = reserves[index].held(from: urgency, limit: limit, of: windows[index], endingAt: end, at: now)
        return max(0, min(left, windows[index].available(at: now) - held))
    }

    /// The earliest time by which that many calls of an urgency can have been made; `now` if they can be made at once.
    private func opens(
        _ kind: CallKind,
        _ urgency: CallUrgency,
        forCalls calls: Int = 1,
        at now: Instant
    ) -> Instant {
        var opens = now
        for counter in counters(of: kind) { opens = max(opens, self.opens(counter, urgency, calls, at: now)) }
        return opens
    }

    private func opens(_ counter: CallKind, _ urgency: CallUrgency, _ calls: Int, at now: Instant) -> Instant {
        let index = counter.rawValue
        var window = windows[index]
        let first = window.opens(at: now, forCalls: calls)
        guard reserves[index].concerns(urgency) else { return first }
        // What is held back is lent in the end. How much the next window holds back shows when that has begun.
        let end = window.expectedEnd(at: now)
        var last = end ?? first + LaneReserves.memory
        guard first < last else { return first }
        func isOpen(_ instant: Instant) -> Bool {
            var ledger = self
            return ledger.left(counter, for: urgency, end: end, at: instant) >= min(calls, window.limit ?? calls)
        }
        if isOpen(first) { return first }
        var closed = first
        while last - closed > Self.precision {
            let middle = closed + (last - closed) / 2
            if isOpen(middle) { last = middle } else { closed = middle }
        }
        return last
    }

    /// The accuracy of the time at which calls of a lane can be made.
    private static let precision = Duration.milliseconds(50)

    private mutating func spend(_ count: Int, _ kind: CallKind, _ lane: BudgetLane, at now: Instant) {
        guard count > 0 else { return }
        for counter in counters(of: kind) {
            windows[counter.rawValue].spend(count, at: now)
            reserves[counter.rawValue].note(count, of: lane, at: now)
        }
    }

    // MARK: - Calls

    /// Takes up to `count` calls from the budget; none while calls of the same or a higher urgency wait.
    mutating func take(
        _ count: Int,
        kind: CallKind,
        priority: CallPriority,
        lane: BudgetLane = .none,
        at now: Instant
    ) -> Int {
        let urgency = CallUrgency(priority, lane)
        let isTaken = CallKind.allCases.contains { other in
            counters(of: other).contains(kind) && queues[other.rawValue].holds(atLeast: urgency)
        }
        guard count > 0, !isTaken else { return 0 }
        let taken = min(count, available(kind, urgency, at: now))
        spend(taken, kind, priority == .interactive ? lane : .none, at: now)
        return taken
    }

    /// Queues a call, unless its turn cannot come before its deadline.
    mutating func admit(_ waiter: Waiter, at now: Instant) -> BudgetRefusal? {
        let (kind, urgency) = (waiter.kind, waiter.urgency)
        if waiter.priority == .interactive { reserves[kind.rawValue].note(0, of: waiter.lane, at: now) }
        var ahead = queues[kind.rawValue].ahead(urgency: urgency, caller: waiter.caller)
        if kind == .read, !countsApart { ahead += queues[CallKind.write.rawValue].count }
        let opens = opens(kind, urgency, forCalls: ahead + 1, at: now)
        // A refresh is made now or not at all.
        guard opens <= waiter.deadline, waiter.priority != .refresh else {
            return BudgetRefusal(retryAfter: Self.seconds(from: now, to: opens))
        }
        queues[kind.rawValue].add(waiter, urgency: urgency, caller: waiter.caller)
        deadlines[kind.rawValue] = min(deadlines[kind.rawValue] ?? waiter.deadline, waiter.deadline)
        return nil
    }

    /// Removes a waiting call from the queue; returns false if it does not wait any more.
    mutating func cancel(id: Int, kind: CallKind) -> Bool {
        !queues[kind.rawValue].removeAll { $0.id == id }.isEmpty
    }

    /// Moves a waiting call to a more urgent lane.
    mutating func promote(id: Int, kind: CallKind, to lane: BudgetLane) {
        for waiter in queues[kind.rawValue].removeAll(where: { $0.id == id }) {
            let promoted = Waiter(
                id: id,
                kind: kind,
                priority: .interactive,
                caller: waiter.caller,
                deadline: waiter.deadline,
                lane: lane
            )
            queues[kind.rawValue].add(promoted, urgency: promoted.urgency, caller: promoted.caller)
        }
    }

    /// Refunds a call that was not sent, also to the lane that it was counted for.
    mutating func refund(_ kind: CallKind, lane: BudgetLane = .none) {
        for counter in counters(of: kind) {
            windows[counter.rawValue].refund()
            reserves[counter.rawValue].refund(lane)
        }
    }

    /// Learns from a response's header fields.
    mutating func learn(
        _ kind: CallKind,
        limit: Int?,
        remaining: Int?,
        reset: Duration?,
        isRejection: Bool = false,
        at now: Instant
    ) {
        if let limit, limit > 0 { reportedLimits[kind.rawValue] = limit }
        windows[kind.rawValue].learn(
            limit: limit,
            remaining: remaining,
            reset: reset,
            isRejection: isRejection,
            at: now
        )
    }

    /// Blocks all calls for a duration.
    ///
    /// - Parameters:
    ///   - duration: how long.
    ///   - rejected: the call that was refused; nil: none was.
    ///   - now: the time.
    mutating func pause(for duration: Duration, rejected: RejectedCall?, at now: Instant) {
        for counter in CallKind.allCases {
            windows[counter.rawValue].pause(
                for: duration,
                rejected: counter == rejected?.kind ? rejected : nil,
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
            waiting: queues[kind.rawValue].count,
            lanes: reserves[kind.rawValue].calls(at: now).map { lane, calls in
                LaneStatus(
                    name: lane.name,
                    share: lane.share,
                    calls: calls,
                    waiting: queues[kind.rawValue].count { $0.lane.name == lane.name }
                )
            }
        )
    }

    // MARK: - Waiting

    /// Dequeues the calls that may be made now, and refuses those that cannot be made before their deadlines.
    ///
    /// Writes go first: there are few of them, and somebody waits for each.
    mutating func serve(at now: Instant) -> [Decision] {
        var decisions: [Decision] = []
        for kind in CallKind.allCases.reversed() where !queues[kind.rawValue].isEmpty {
            decisions += refuseLate(kind, at: now)
            while let urgency = queues[kind.rawValue].nextUrgency, available(kind, urgency, at: now) > 0,
                let waiter = queues[kind.rawValue].next()
            {
                spend(1, kind, waiter.priority == .interactive ? waiter.lane : .none, at: now)
                decisions.append(Decision(id: waiter.id, refusal: nil))
            }
            decisions += refuseLate(kind, at: now)
        }
        return decisions
    }

    /// Refuses the calls whose deadlines are earlier than the time at which calls of their urgency can be made.
    private mutating func refuseLate(_ kind: CallKind, at now: Instant) -> [Decision] {
        guard let deadline = deadlines[kind.rawValue], let last = queues[kind.rawValue].lastUrgency,
            deadline < opens(kind, last, at: now)
        else { return [] }
        var openings: [CallUrgency: Instant] = [:]
        for urgency in queues[kind.rawValue].urgencies { openings[urgency] = opens(kind, urgency, at: now) }
        let refused = queues[kind.rawValue].removeAll { $0.deadline < openings[$0.urgency] ?? now }
        deadlines[kind.rawValue] = queues[kind.rawValue].least { $0.deadline }
        return refused.map { waiter in
            let opening = openings[waiter.urgency] ?? now
            return Decision(id: waiter.id, refusal: BudgetRefusal(retryAfter: Self.seconds(from: now, to: opening)))
        }
    }

    /// The time at which to call `serve` again, for which a timer must be set; nil if an earlier timer is set already.
    ///
    /// No call that waits can be made earlier, and none has an earlier deadline.
    mutating func nextAlarm(at now: Instant) -> Instant? {
        // Calls of a lower urgency are never made sooner.
        let openings = CallKind.allCases.compactMap { kind in
            queues[kind.rawValue].nextUrgency.map { opens(kind, $0, at: now) }
        }
        guard let next = openings.min(), alarm.map({ next < $0 }) ?? true else { return nil }
        alarm = next
        return next
    }

    /// Records that a timer fired.
    mutating func alarmWentOff(_ instant: Instant) {
        if let set = alarm, set <= instant { alarm = nil }
    }

    private static func seconds(from start: Instant, to end: Instant) -> Int {
        let duration = end - start
        return max(1, Int(duration.components.seconds) + (duration.components.attoseconds > 0 ? 1 : 0))
    }
}
