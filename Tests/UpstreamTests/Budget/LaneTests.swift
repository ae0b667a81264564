import TestSupport
import Testing

@testable import Upstream

/// Lanes that share a key's minute: those above do not notice those below, which use all that is left.
@Suite struct LaneTests {
    private typealias Lanes = [(lane: BudgetLane, callers: LaneSimulation.Callers)]
    private static let people = LaneSimulation.people
    private static let scripts = LaneSimulation.scripts
    private static let agents = LaneSimulation.agents
    private static let minutes = 15

    private func simulation(
        _ lanes: Lanes,
        telling: CountingUpstream.Telling = .unixTime,
        minutes: Int = Self.minutes,
        seed: UInt64
    ) -> LaneSimulation {
        var simulation = LaneSimulation(lanes, telling: telling, seed: seed)
        simulation.run(minutes: minutes)
        return simulation
    }

    /// Compares the 99th percentile of people's waits without and with scripts and busy agents, at one key of 100 calls a minute.
    ///
    /// - Returns: the run with all lanes.
    @discardableResult
    private func comparePeoplesWaits(
        _ callers: LaneSimulation.Callers,
        telling: CountingUpstream.Telling,
        minutes: Int = Self.minutes
    ) -> LaneSimulation {
        let people = (Self.people, callers)
        let alone = simulation([people], telling: telling, minutes: minutes, seed: 0)
        let shared = simulation(
            [people, (Self.scripts, .random(perMinute: 20)), (Self.agents, .busy(20))],
            telling: telling,
            minutes: minutes,
            seed: 0
        )
        let (without, with) = (alone.wait(of: Self.people), shared.wait(of: Self.people))
        #expect(Double(with) <= Double(without) * 1.2, "\(with) ms, \(without) ms without")
        #expect(shared.windows.allSatisfy { $0 <= 100 }, "\(shared.windows)")
        return shared
    }

    @Test(arguments: [10, 40, 70], [CountingUpstream.Telling.unixTime, .seconds])
    func peopleDoNotNoticeBusyAgents(perMinute: Int, telling: CountingUpstream.Telling) {
        comparePeoplesWaits(.random(perMinute: perMinute), telling: telling)
    }

    /// With 70 calls of people and 20 of scripts there is no room for chance: people wait for up to a second then.
    @Test(arguments: [10, 40]) func peopleDoNotNoticeBusyAgentsWithoutAStatedWindow(perMinute: Int) {
        comparePeoplesWaits(.random(perMinute: perMinute), telling: .nothing)
    }

    @Test(arguments: [2, 5], CountingUpstream.Telling.allCases)
    func operationsOfSeveralCallsDoNotNoticeBusyAgents(calls: Int, telling: CountingUpstream.Telling) {
        comparePeoplesWaits(.bursts(of: calls, perMinute: 40 / calls), telling: telling, minutes: 30)
    }

    @Test(arguments: [10, 40, 70])
    func agentsUseWhatPeopleLeave(perMinute: Int) {
        let run = simulation([(Self.people, .random(perMinute: perMinute)), (Self.agents, .busy(20))], seed: 0)
        let windows = run.windows.dropFirst()
        #expect(windows.count >= Self.minutes - 2)
        #expect(windows.reduce(0, +) >= windows.count * 95, "\(run.windows)")
        #expect(run.made(by: Self.agents) > 0)
    }

    @Test func scriptsGoBeforeAgents() {
        for seed in UInt64(0)..<2 {
            let scripts = (Self.scripts, LaneSimulation.Callers.random(perMinute: 25))
            let people = (Self.people, LaneSimulation.Callers.random(perMinute: 20))
            let alone = simulation([people, scripts], seed: seed)
            let shared = simulation([people, scripts, (Self.agents, .busy(20))], seed: seed)
            #expect(Double(shared.wait(of: Self.scripts)) <= Double(alone.wait(of: Self.scripts)) * 1.2)
        }
    }

    /// With one lane in use nothing differs from a budget without lanes: no call waits longer, and none is refused.
    @Test(arguments: CountingUpstream.Telling.allCases)
    func oneLaneAloneHasAllOfTheBudget(telling: CountingUpstream.Telling) {
        for callers in [LaneSimulation.Callers.busy(20), .random(perMinute: 90), .bursts(of: 30, perMinute: 4)] {
            let plain = BudgetLane(name: BudgetLane.none.name, priority: 1, share: 0)
            let without = simulation([(plain, callers)], telling: telling, seed: 1)
            let with = simulation([(Self.agents, callers)], telling: telling, seed: 1)
            #expect(with.calls.map(\.waited) == without.calls.map(\.waited))
        }
    }

    @Test func aLaneThatWasNotUsedForFiveMinutesHasNothingHeldBack() {
        let start = ContinuousClock.now
        var ledger = BudgetLedger(allowance: Allowance(readsPerMinute: 100, writesPerMinute: 50))
        func take(_ count: Int, _ lane: BudgetLane, after seconds: Int) -> Int {
            ledger.take(count, kind: .read, priority: .interactive, lane: lane, at: start + .seconds(seconds))
        }
        #expect(take(1, Self.people, after: 0) == 1)
        ledger.learn(.read, limit: 100, remaining: 99, reset: .seconds(59), at: start)
        #expect(take(100, Self.agents, after: 1) == 40)
        #expect(take(100, Self.agents, after: 2) == 0)
        #expect(take(59, Self.people, after: 3) == 59)
        // After three minutes half of the share is held back.
        ledger.learn(.read, limit: 100, remaining: 99, reset: .seconds(60), at: start + .seconds(183))
        #expect(take(100, Self.agents, after: 183) == 69)
        ledger.learn(.read, limit: 100, remaining: 99, reset: .seconds(60), at: start + .seconds(303))
        #expect(take(100, Self.agents, after: 303) == 99)
    }

    @Test func aRefusalSaysWhenALaneHasItsTurn() {
        let start = ContinuousClock.now
        var ledger = BudgetLedger(allowance: Allowance(readsPerMinute: 100, writesPerMinute: 50))
        _ = ledger.take(1, kind: .read, priority: .interactive, lane: Self.people, at: start)
        ledger.learn(.read, limit: 100, remaining: 99, reset: .seconds(59), at: start)
        _ = ledger.take(100, kind: .read, priority: .interactive, lane: Self.agents, at: start)
        func admit(_ id: Int, _ lane: BudgetLane, deadline: Int) -> BudgetRefusal? {
            let waiter = BudgetLedger.Waiter(
                id: id,
                kind: .read,
                priority: .interactive,
                caller: CallerID(lane.name),
                deadline: start + .seconds(deadline),
                lane: lane
            )
            return ledger.admit(waiter, at: start)
        }
        // What people do not use of their share is lent in the last quarter of the minute.
        #expect(admit(1, Self.agents, deadline: 30) == BudgetRefusal(retryAfter: 46))
        #expect(admit(2, Self.agents, deadline: 50) == nil)
        #expect(ledger.serve(at: start + .seconds(44)).isEmpty)
        #expect(ledger.serve(at: start + .seconds(46)).map(\.id) == [2])
    }

    @Test func workInTheBackgroundIsBelowAllLanes() {
        let start = ContinuousClock.now
        var ledger = BudgetLedger(allowance: Allowance(readsPerMinute: 100, writesPerMinute: 50))
        _ = ledger.take(1, kind: .read, priority: .interactive, lane: Self.agents, at: start)
        #expect(ledger.take(100, kind: .read, priority: .background, at: start) == 85)
        #expect(ledger.take(100, kind: .read, priority: .interactive, lane: Self.agents, at: start) == 14)
    }

    @Test func writesHaveReservesOfTheirOwn() {
        let start = ContinuousClock.now
        var ledger = BudgetLedger(allowance: Allowance(readsPerMinute: 100, writesPerMinute: 50))
        ledger.learn(.read, limit: 100, remaining: 99, reset: .seconds(60), at: start)
        ledger.learn(.write, limit: 50, remaining: 49, reset: .seconds(60), at: start)
        _ = ledger.take(1, kind: .write, priority: .interactive, lane: Self.people, at: start)
        #expect(ledger.take(99, kind: .read, priority: .interactive, lane: Self.agents, at: start) == 99)
        #expect(ledger.take(99, kind: .write, priority: .interactive, lane: Self.agents, at: start) == 19)
    }

    @Test func aStatusShowsTheUseOfEachLane() {
        let start = ContinuousClock.now
        var ledger = BudgetLedger(allowance: Allowance(readsPerMinute: 10, writesPerMinute: 5))
        _ = ledger.take(3, kind: .read, priority: .interactive, lane: Self.agents, at: start)
        _ = ledger.take(2, kind: .read, priority: .interactive, lane: Self.people, at: start)
        let status = ledger.status(of: .read, at: start + .seconds(1))
        #expect(
            status.lanes == [
                LaneStatus(name: "people", share: 60, calls: 2, waiting: 0),
                LaneStatus(name: "agents", share: 15, calls: 3, waiting: 0),
            ]
        )
        #expect(ledger.status(of: .read, at: start + .seconds(70)).lanes.map(\.calls) == [0, 0])
    }
}
