import TestSupport
import Testing

@testable import Upstream

@Suite struct BudgetLedgerTests {
    private let start = ContinuousClock.now

    private func waiter(
        _ id: Int,
        _ caller: String = "a",
        kind: CallKind = .read,
        priority: CallPriority = .interactive,
        deadline: Int = 1000
    ) -> BudgetLedger.Waiter {
        BudgetLedger.Waiter(
            id: id,
            kind: kind,
            priority: priority,
            caller: CallerID(caller),
            deadline: start + .seconds(deadline)
        )
    }

    private func exhausted(reads: Int, writes: Int = 2) -> BudgetLedger {
        var ledger = BudgetLedger(allowance: Allowance(readsPerMinute: reads, writesPerMinute: writes))
        _ = ledger.take(reads, kind: .read, priority: .interactive, at: start)
        return ledger
    }

    @Test func callersTakeTurnsAndTheUrgentGoFirst() {
        var ledger = exhausted(reads: 4)
        let waiters = [
            waiter(1, "a", priority: .background), waiter(2, "a"), waiter(3, "a"), waiter(4, "a"), waiter(5, "b"),
            waiter(6, "c", priority: .background), waiter(7, "b"), waiter(8, "c"),
        ]
        for waiter in waiters { #expect(ledger.admit(waiter, at: start) == nil) }
        #expect(ledger.serve(at: start).isEmpty)
        #expect(ledger.nextAlarm(at: start) == start + .seconds(62))
        let first = ledger.serve(at: start + .seconds(62))
        #expect(first.map(\.id) == [2, 5, 8, 3])
        let second = ledger.serve(at: start + .seconds(124))
        #expect(second.map(\.id) == [7, 4, 1, 6])
        #expect((first + second).allSatisfy { $0.refusal == nil })
    }

    @Test func laterCallsDoNotOvertakeTheQueue() {
        var ledger = exhausted(reads: 2)
        _ = ledger.admit(waiter(1, priority: .background), at: start)
        let later = start + .seconds(62)
        #expect(ledger.take(2, kind: .read, priority: .refresh, at: later) == 0)
        #expect(ledger.take(2, kind: .read, priority: .background, at: later) == 0)
        #expect(ledger.take(1, kind: .read, priority: .interactive, at: later) == 1)
        #expect(ledger.serve(at: later).map(\.id) == [1])
    }

    @Test(arguments: [(61, 0), (62, 2), (123, 2), (124, 4)])
    func aCallIsRefusedAtOnceIfItsTurnComesAfterItsDeadline(deadline: Int, admitted: Int) {
        var ledger = exhausted(reads: 2)
        let refusals = (0..<4).map { ledger.admit(waiter($0, deadline: deadline), at: start) }
        let expected = (0..<4).map { $0 < admitted ? nil : BudgetRefusal(retryAfter: admitted < 2 ? 62 : 124) }
        #expect(refusals == expected)
    }

    @Test func aRefreshDoesNotWait() {
        var ledger = exhausted(reads: 2)
        #expect(ledger.admit(waiter(1, priority: .refresh), at: start) == BudgetRefusal(retryAfter: 62))
    }

    @Test func aPauseRefusesThoseWhoseDeadlineIsBeforeItsEnd() {
        var ledger = exhausted(reads: 2)
        for id in 0..<4 { _ = ledger.admit(waiter(id, deadline: id.isMultiple(of: 2) ? 150 : 300), at: start) }
        ledger.pause(for: .seconds(200), rejected: nil, at: start)
        let refusal = BudgetRefusal(retryAfter: 200)
        let refused = [0, 2].map { BudgetLedger.Decision(id: $0, refusal: refusal) }
        #expect(ledger.serve(at: start) == refused)
        #expect(ledger.take(1, kind: .write, priority: .interactive, at: start + .seconds(199)) == 0)
        #expect(ledger.serve(at: start + .seconds(200)).map(\.id) == [1, 3])
    }

    @Test func aCancelledCallLeavesItsPlaceToTheNext() {
        var ledger = exhausted(reads: 1)
        for id in 0..<3 { _ = ledger.admit(waiter(id), at: start) }
        let cancelled = [ledger.cancel(id: 0, kind: .read), ledger.cancel(id: 0, kind: .read)]
        #expect(cancelled == [true, false])
        #expect(ledger.serve(at: start + .seconds(62)).map(\.id) == [1])
    }

    @Test func aTimerIsSetOnlyIfNoneGoesOffSooner() {
        var ledger = exhausted(reads: 1)
        #expect(ledger.nextAlarm(at: start) == nil)
        _ = ledger.admit(waiter(0), at: start)
        #expect(ledger.nextAlarm(at: start) == start + .seconds(62))
        #expect(ledger.nextAlarm(at: start) == nil)
        ledger.learn(.read, limit: 1, remaining: 0, reset: .seconds(9), at: start)
        #expect(ledger.nextAlarm(at: start) == start + .seconds(10))
        ledger.alarmWentOff(start + .seconds(10))
        #expect(ledger.serve(at: start + .seconds(10)).map(\.id) == [0])
        #expect(ledger.nextAlarm(at: start + .seconds(10)) == nil)
    }

    // MARK: - Reads and writes

    @Test func aWriteCountsAsAReadUntilTheUpstreamIsKnownToCountApart() {
        var ledger = BudgetLedger(allowance: Allowance(readsPerMinute: 10, writesPerMinute: 5))
        #expect(ledger.take(9, kind: .write, priority: .interactive, at: start) == 5)
        #expect(ledger.take(9, kind: .read, priority: .interactive, at: start) == 5)
        #expect(ledger.take(9, kind: .write, priority: .interactive, at: start) == 0)
    }

    @Test(arguments: [(10, 5, 5), (10, 10, 0)])
    func statedLimitsShowWhetherTheUpstreamCountsApart(reads: Int, writes: Int, left: Int) {
        var ledger = BudgetLedger(allowance: .unlimited)
        ledger.learn(.read, limit: reads, remaining: 9, reset: .seconds(60), at: start)
        ledger.learn(.write, limit: writes, remaining: 9, reset: .seconds(60), at: start)
        let later = start + .seconds(61)
        #expect(ledger.take(99, kind: .read, priority: .interactive, at: later) == 10)
        #expect(ledger.take(99, kind: .write, priority: .interactive, at: later) == left)
    }

    @Test func writesThatWaitGoBeforeReads() {
        var ledger = exhausted(reads: 2, writes: 2)
        _ = ledger.admit(waiter(1, kind: .read), at: start)
        _ = ledger.admit(waiter(2, kind: .write), at: start)
        _ = ledger.admit(waiter(3, kind: .read), at: start)
        #expect(ledger.serve(at: start + .seconds(62)).map(\.id) == [2, 1])
    }

    @Test func theSnapshotShowsWhatIsLeft() {
        var ledger = BudgetLedger(allowance: .unlimited)
        #expect(
            ledger.snapshot(at: start, unixTime: 1000) == QuotaSnapshot(limit: nil, remaining: nil, resetsAt: nil)
        )
        ledger.learn(.read, limit: 10, remaining: 4, reset: .seconds(20), at: start)
        #expect(ledger.snapshot(at: start, unixTime: 1000) == QuotaSnapshot(limit: 10, remaining: 4, resetsAt: 1021))
        ledger.pause(for: .seconds(90), rejected: nil, at: start)
        #expect(ledger.snapshot(at: start, unixTime: 1000) == QuotaSnapshot(limit: 10, remaining: 0, resetsAt: 1090))
    }

    /// No call waits longer than its deadline, every call is decided once, and no caller that waits is passed over
    /// twice by another of the same urgency.
    @Test(arguments: UInt64(0)..<40)
    func everyCallIsDecidedOnceBeforeItsDeadline(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var ledger = BudgetLedger(allowance: Allowance(readsPerMinute: 6, writesPerMinute: 3))
        var waiting: [Int: BudgetLedger.Waiter] = [:]
        var now = start
        for id in 0..<300 {
            now += .milliseconds(Int.random(in: 0...6000, using: &generator))
            // Timers go off no later than the calls' deadlines.
            while let alarm = nextAlarm(ledger, at: now), alarm <= now { settle(&ledger, &waiting, at: alarm) }
            settle(&ledger, &waiting, at: now)
            let priority: CallPriority = Bool.random(using: &generator) ? .interactive : .background
            let waiter = BudgetLedger.Waiter(
                id: id,
                kind: Int.random(in: 0..<5, using: &generator) == 0 ? .write : .read,
                priority: priority,
                caller: CallerID("\(Int.random(in: 0..<4, using: &generator))"),
                deadline: now + .seconds(Int.random(in: 0...200, using: &generator))
            )
            if ledger.admit(waiter, at: now) == nil { waiting[id] = waiter }
            settle(&ledger, &waiting, at: now)
            if let any = waiting.values.min(by: { $0.id < $1.id }), Int.random(in: 0..<9, using: &generator) == 0 {
                let isCancelled = ledger.cancel(id: any.id, kind: any.kind)
                #expect(isCancelled)
                waiting[any.id] = nil
            }
        }
        for minute in 1...10 { settle(&ledger, &waiting, at: now + .seconds(62 * minute)) }
        #expect(waiting.isEmpty)
    }

    private func nextAlarm(_ ledger: BudgetLedger, at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        var ledger = ledger
        return ledger.nextAlarm(at: now)
    }

    private func settle(
        _ ledger: inout BudgetLedger,
        _ waiting: inout [Int: BudgetLedger.Waiter],
        at now: ContinuousClock.Instant
    ) {
        for decision in ledger.serve(at: now) {
            let waiter = waiting.removeValue(forKey: decision.id)
            #expect(waiter != nil)
            if let waiter, decision.refusal == nil { #expect(waiter.deadline >= now) }
        }
    }
}
