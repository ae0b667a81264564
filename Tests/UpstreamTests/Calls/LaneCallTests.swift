import GraphQL
import JSON
import TestSupport
import Testing

@testable import Upstream

/// Calls of several lanes, from the request to the upstream.
@Suite(.timeLimit(.minutes(15))) struct LaneCallTests {
    private static let people = LaneSimulation.people
    private static let agents = LaneSimulation.agents

    private func calls(reads: Int) -> ClockedCalls {
        ClockedCalls(allowance: Allowance(readsPerMinute: reads, writesPerMinute: reads)) { _ in .json("1") }
    }

    private func session(
        _ calls: ClockedCalls,
        _ lane: BudgetLane,
        caller: String,
        allowance: CallAllowance = CallAllowance()
    ) -> CallSession {
        CallSession(
            broker: calls.broker,
            context: CallContext(
                credentials: [Credential(key: "k")],
                deadline: calls.clock.now + .seconds(300),
                caller: CallerID(caller),
                lane: lane,
                allowance: allowance
            )
        )
    }

    private func begin(_ path: String, _ session: CallSession, _ calls: ClockedCalls) async -> Task<String, Never> {
        let budget = calls.workspace.budget(of: Credential(key: "k"))
        let (waiting, shared) = (budget.waitingCalls, session.report.current.shared)
        let task = Task { await session.fetch([Call(path: path)]).map(\.word).joined() }
        while budget.waitingCalls == waiting, session.report.current.shared == shared, !Task.isCancelled {
            await Task.yield()
        }
        return task
    }

    @Test func aCallThatAPersonWaitsForTooGoesAsEarlyAsThePersonsOwn() async {
        let calls = calls(reads: 1)
        _ = await session(calls, Self.agents, caller: "x").fetch([Call(path: "/0")])
        let first = await begin("/1", session(calls, Self.agents, caller: "a"), calls)
        let second = await begin("/2", session(calls, Self.agents, caller: "b"), calls)
        let person = await begin("/2", session(calls, Self.people, caller: "c"), calls)
        let words = await calls.passTime(until: Task { [await first.value, await second.value, await person.value] })
        #expect(words == ["1", "1", "1"])
        #expect(calls.transport.paths == ["/0", "/2", "/1"])
    }

    @Test func peopleOvertakeAgentsThatWait() async {
        let calls = calls(reads: 1)
        _ = await session(calls, Self.agents, caller: "x").fetch([Call(path: "/0")])
        let agent = await begin("/1", session(calls, Self.agents, caller: "a"), calls)
        let person = await begin("/2", session(calls, Self.people, caller: "c"), calls)
        _ = await calls.passTime(until: Task { [await agent.value, await person.value] })
        #expect(calls.transport.paths == ["/0", "/2", "/1"])
    }

    // MARK: - Sessions

    @Test func aSessionMakesNoMoreCallsThanItMay() async {
        let calls = calls(reads: 100)
        let own = SessionAllowance(limit: 2, pause: .seconds(600)) { [clock = calls.clock] in clock.now }
        func fetch(_ path: String) async -> CallOutcome? {
            let session = session(calls, Self.agents, caller: "a", allowance: CallAllowance(9, session: own))
            return await session.fetch([Call(path: path)]).first
        }
        #expect(await fetch("/1")?.word == "1")
        calls.clock.advance(by: .seconds(100))
        #expect(await fetch("/2")?.word == "1")
        calls.clock.advance(by: .seconds(90))
        guard case .failed(let failure)? = await fetch("/3") else {
            Issue.record("A session made more calls than it may.")
            return
        }
        #expect(failure.message == "This session has spent its 2 upstream calls; pause for 510 seconds, then retry.")
        #expect(failure.extensions == ["code": "RATE_LIMITED", "retryAfter": 510])
        #expect(own.remaining == 0)
        calls.clock.advance(by: .seconds(510))
        #expect(await fetch("/3")?.word == "1")
        #expect(own.remaining == 1)
        #expect(calls.transport.paths == ["/1", "/2", "/3"])
    }

    @Test func anOperationsOwnLimitIsNamedFirst() async {
        let calls = calls(reads: 100)
        let own = SessionAllowance(limit: 5, pause: .seconds(600)) { [clock = calls.clock] in clock.now }
        let session = session(calls, Self.agents, caller: "a", allowance: CallAllowance(1, session: own))
        let outcomes = await session.fetch([Call(path: "/1"), Call(path: "/2")])
        #expect(Set(outcomes.map(\.word)) == ["1", "TOO_EXPENSIVE"])
        #expect(own.remaining == 4)
    }
}
