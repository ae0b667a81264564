import TestSupport
import Testing

@testable import Upstream

@Suite(.timeLimit(.minutes(15))) struct CallBudgetTests {
    private let clock = ManualClock()

    private func budget(_ limit: Int?) -> CallBudget {
        CallBudget(
            allowance: Allowance(readsPerMinute: limit, writesPerMinute: limit),
            now: { [clock] in clock.now },
            schedule: { [clock] in clock.schedule($0, $1) }
        )
    }

    /// The outcome of a call: how long it waited, or why it may not be made.
    private func outcome(
        of budget: CallBudget,
        caller: String = "a",
        deadline: Int = 1000
    ) async -> Result<Duration, BudgetRefusal> {
        do throws(BudgetRefusal) {
            return .success(
                try await budget.wait(
                    kind: .read,
                    priority: .interactive,
                    caller: CallerID(caller),
                    deadline: clock.start + .seconds(deadline)
                )
            )
        } catch {
            return .failure(error)
        }
    }

    /// Starts a call and returns when it waits and a timer is set.
    private func waiting(
        _ budget: CallBudget,
        deadline: Int = 1000
    ) async -> Task<Result<Duration, BudgetRefusal>, Never> {
        let before = budget.waitingCalls
        let task = Task { await outcome(of: budget, deadline: deadline) }
        while budget.waitingCalls == before || clock.timers == 0, !Task.isCancelled { await Task.yield() }
        return task
    }

    @Test func aCallWaitsUntilTheWindowOpens() async {
        let budget = budget(2)
        #expect(budget.take(5, kind: .read, priority: .interactive) == 2)
        let first = await waiting(budget)
        clock.advance(by: .seconds(61))
        #expect(budget.waitingCalls == 1)
        clock.advance(by: .seconds(1))
        #expect(await first.value == .success(.seconds(62)))
        #expect(clock.timers == 0)
    }

    @Test func aCallThatMayBeMadeDoesNotWait() async {
        #expect(await outcome(of: budget(nil)) == .success(.zero))
        #expect(await outcome(of: budget(1)) == .success(.zero))
    }

    @Test func aCallIsRefusedAtOnceIfTheWindowOpensAfterItsDeadline() async {
        let budget = budget(1)
        #expect(await outcome(of: budget) == .success(.zero))
        #expect(await outcome(of: budget, deadline: 10) == .failure(BudgetRefusal(retryAfter: 62)))
        #expect(clock.timers == 0)
    }

    @Test func aCancelledCallFailsAtOnceAndFreesItsSlot() async {
        let budget = budget(1)
        _ = budget.take(1, kind: .read, priority: .interactive)
        let first = await waiting(budget)
        let second = await waiting(budget)
        first.cancel()
        #expect(await first.value == .failure(.cancelled))
        #expect(budget.waitingCalls == 1)
        clock.advance(by: .seconds(62))
        #expect(await second.value == .success(.seconds(62)))
    }

    @Test func aTaskThatIsCancelledAlreadyDoesNotWait() async {
        let budget = budget(1)
        _ = budget.take(1, kind: .read, priority: .interactive)
        let refused = await withTaskGroup(of: Result<Duration, BudgetRefusal>.self) { group in
            group.cancelAll()
            group.addTask { await outcome(of: budget) }
            return await group.next()
        }
        #expect(refused == .failure(.cancelled))
        #expect(budget.waitingCalls == 0)
    }

    @Test func aRefundedCallGoesToTheNextInTheQueue() async {
        let budget = budget(1)
        _ = budget.take(1, kind: .read, priority: .interactive)
        let first = await waiting(budget)
        clock.advance(by: .seconds(3))
        budget.refund(kind: .read)
        #expect(await first.value == .success(.seconds(3)))
        #expect(budget.take(1, kind: .read, priority: .interactive) == 0)
    }

    @Test func aRefundedCallIsNoneOfItsLane() {
        let budget = budget(10)
        let lane = BudgetLane(name: "people", priority: 3, share: 60)
        _ = budget.take(3, kind: .write, priority: .interactive, lane: lane)
        clock.advance(by: .seconds(4))
        budget.refund(kind: .write, lane: lane)
        #expect(budget.status.map { $0.lanes.map(\.calls) } == [[2], [2]])
        #expect(budget.status.map(\.remaining) == [8, 8])
    }

    @Test func aResponseThatStatesAnEarlierEndWakesEarlier() async {
        let budget = budget(1)
        _ = budget.take(1, kind: .read, priority: .interactive)
        let first = await waiting(budget)
        budget.learn(kind: .read, limit: 1, remaining: 0, reset: .seconds(5))
        clock.advance(by: .seconds(6))
        #expect(await first.value == .success(.seconds(6)))
    }

    @Test func aPauseHoldsEverybodyAndRefusesWhoCannotWaitSoLong() async {
        let budget = budget(5)
        _ = budget.take(5, kind: .read, priority: .interactive)
        let hasty = await waiting(budget, deadline: 70)
        let patient = await waiting(budget, deadline: 300)
        budget.pause(for: .seconds(100))
        #expect(await hasty.value == .failure(BudgetRefusal(retryAfter: 100)))
        clock.advance(by: .seconds(100))
        #expect(await patient.value == .success(.seconds(100)))
    }

    @Test func aTimerKeepsNoBudgetAlive() async {
        weak var cached: CallBudget?
        do {
            let budget = budget(1)
            cached = budget
            _ = budget.take(1, kind: .read, priority: .interactive)
            let task = await waiting(budget)
            task.cancel()
            _ = await task.value
        }
        #expect(clock.timers == 1)
        #expect(cached == nil)
        clock.advance(by: .seconds(100))
    }

    @Test func manyCallersAtOnceAreAllDecidedAndNoMoreCallsAreMadeThanAllowed() async {
        let budget = budget(50)
        let passing = Task { [clock] in
            // In long steps: on a busy machine each one waits for its turn behind all other tests.
            while !Task.isCancelled {
                clock.advance(by: .seconds(20))
                await Task.yield()
            }
        }
        let outcomes = await withTaskGroup(of: Outcome.self) { group in
            for index in 0..<400 {
                group.addTask { await call(index, within: budget) }
            }
            var outcomes: [Outcome] = []
            for await outcome in group {
                outcomes.append(outcome)
                if outcomes.count == 350 { group.cancelAll() }
            }
            return outcomes
        }
        passing.cancel()
        await passing.value
        #expect(outcomes.count == 400)
        #expect(budget.waitingCalls == 0)
        let made = outcomes.count { $0 == .made }
        let windows = Int((clock.now - clock.start).components.seconds) / 62 + 1
        #expect(made > 0 && made <= windows * 50)
    }

    private enum Outcome {
        case made, givenBack, refused
    }

    private func call(_ index: Int, within budget: CallBudget) async -> Outcome {
        if budget.take(1, kind: .read, priority: .interactive) == 0,
            case .failure = await outcome(of: budget, caller: "\(index % 7)", deadline: 40 + index)
        {
            return .refused
        }
        if index % 50 == 3 { budget.learn(kind: .read, limit: 50, remaining: nil, reset: nil) }
        guard index % 10 == 0 else { return .made }
        budget.refund(kind: .read)
        return .givenBack
    }
}
