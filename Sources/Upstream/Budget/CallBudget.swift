package import Caching
private import Synchronization

/// The budget of one upstream key: calls are made while it lasts, and wait in turn for the next window.
package final class CallBudget: Sendable {
    package typealias Instant = ContinuousClock.Instant

    private let state: Mutex<State>
    private let lastID = Atomic<Int>(0)
    private let now: @Sendable () -> Instant
    private let schedule: Scheduler.Timer

    private struct State {
        var ledger: BudgetLedger
        var waiting: [Int: CheckedContinuation<BudgetRefusal?, Never>] = [:]
    }

    /// Makes a budget.
    ///
    /// - Parameters:
    ///   - allowance: the limits that are known from the start.
    ///   - now: the clock, replaced in tests.
    ///   - schedule: calls a function at an instant; replaced in tests.
    package init(
        allowance: Allowance,
        now: @escaping @Sendable () -> Instant = { ContinuousClock.now },
        schedule: @escaping Scheduler.Timer = Scheduler.systemTimer
    ) {
        state = Mutex(State(ledger: BudgetLedger(allowance: allowance)))
        self.now = now
        self.schedule = schedule
    }

    /// Takes up to a number of calls without waiting; returns how many may be made.
    package func take(_ count: Int, kind: CallKind, priority: CallPriority, lane: BudgetLane = .none) -> Int {
        let now = now()
        return state.withLock { $0.ledger.take(count, kind: kind, priority: priority, lane: lane, at: now) }
    }

    /// Waits for one call, until a deadline at most; returns the time that it waited.
    ///
    /// - Throws: a refusal, at once if the budget cannot allow the call in time or the task is cancelled.
    package func wait(
        kind: CallKind,
        priority: CallPriority,
        caller: CallerID,
        deadline: Instant
    ) async throws(BudgetRefusal) -> Duration {
        let promotion = CallPromotion(priority, .none)
        return try await wait(kind: kind, caller: caller, deadline: deadline, promotion)
    }

    /// Waits for one call, whose lane may become more urgent meanwhile.
    func wait(
        kind: CallKind,
        caller: CallerID,
        deadline: Instant,
        _ promotion: CallPromotion
    ) async throws(BudgetRefusal) -> Duration {
        let start = now()
        let id = lastID.wrappingAdd(1, ordering: .relaxed).newValue
        let (priority, lane) = promotion.current
        let waiter = BudgetLedger.Waiter(
            id: id,
            kind: kind,
            priority: priority,
            caller: caller,
            deadline: deadline,
            lane: lane
        )
        defer { promotion.waitDidEnd() }
        let refusal = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                enqueue(waiter, continuation, at: start)
                promotion.whenRaised(above: waiter.urgency) { [weak self] lane in
                    self?.change { ledger, _ in ledger.promote(id: id, kind: kind, to: lane) }
                }
            }
        } onCancel: {
            cancel(waiter)
        }
        if let refusal { throw refusal }
        return now() - start
    }

    /// Refunds a call that certainly was not sent, also to the lane for which it was counted.
    package func refund(kind: CallKind, lane: BudgetLane = .none) {
        change { ledger, _ in ledger.refund(kind, lane: lane) }
    }

    /// Learns from a response's header fields.
    ///
    /// The time until the window's reset is negative if it has ended.
    package func learn(kind: CallKind, limit: Int?, remaining: Int?, reset: Duration?, isRejection: Bool = false) {
        change { ledger, now in
            ledger.learn(
                kind,
                limit: limit,
                remaining: remaining,
                reset: reset,
                isRejection: isRejection,
                at: now
            )
        }
    }

    /// Blocks all calls, reads and writes, for a while, because the upstream responded with 429.
    ///
    /// - Parameters:
    ///   - duration: how long.
    ///   - rejected: the call that was rejected; nil: none was. It may show that the limit is lower than assumed.
    package func pause(for duration: Duration, rejected: RejectedCall? = nil) {
        change { ledger, now in ledger.pause(for: duration, rejected: rejected, at: now) }
    }

    /// The number of calls that wait.
    package var waitingCalls: Int { state.withLock { $0.waiting.count } }

    /// The status of the budget for each kind of call.
    var status: [BudgetStatus] {
        let now = now()
        return state.withLock { state in CallKind.allCases.map { state.ledger.status(of: $0, at: now) } }
    }

    /// The rest of the budget for reads, by the current time in Unix seconds.
    package func snapshot(unixTime: Int) -> QuotaSnapshot {
        let now = now()
        return state.withLock { $0.ledger.snapshot(at: now, unixTime: unixTime) }
    }

    // MARK: - Waiting

    private func enqueue(
        _ waiter: BudgetLedger.Waiter,
        _ continuation: CheckedContinuation<BudgetRefusal?, Never>,
        at start: Instant
    ) {
        let refusal = state.withLock { state -> BudgetRefusal? in
            // A task is marked before its cancellation is handled: this catches a task that is cancelled before its waiter is stored.
            guard !Task.isCancelled else { return .cancelled }
            if let refusal = state.ledger.admit(waiter, at: start) { return refusal }
            state.waiting[waiter.id] = continuation
            return nil
        }
        if let refusal { continuation.resume(returning: refusal) } else { change { _, _ in } }
    }

    private func cancel(_ waiter: BudgetLedger.Waiter) {
        let continuation = state.withLock { state in
            state.ledger.cancel(id: waiter.id, kind: waiter.kind) ? state.waiting.removeValue(forKey: waiter.id) : nil
        }
        continuation?.resume(returning: .cancelled)
    }

    /// Changes the ledger, resumes the calls that may be made then, and sets the timer for the others.
    private func change(_ body: (inout BudgetLedger, Instant) -> Void) {
        let now = now()
        let (resumptions, alarm) = state.withLock { state in
            body(&state.ledger, now)
            let resumptions = state.ledger.serve(at: now).map { decision in
                (state.waiting.removeValue(forKey: decision.id), decision.refusal)
            }
            return (resumptions, state.ledger.nextAlarm(at: now))
        }
        for (continuation, refusal) in resumptions { continuation?.resume(returning: refusal) }
        guard let alarm else { return }
        schedule(alarm) { [weak self] in self?.change { ledger, _ in ledger.alarmWentOff(alarm) } }
    }
}
