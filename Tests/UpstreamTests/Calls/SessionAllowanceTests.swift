import GraphQL
import JSON
import TestSupport
import Testing

@testable import Upstream

/// What a session pays for: the calls that are made, and no others.
@Suite struct SessionAllowanceTests {
    private let calls = ClockedCalls(allowance: Allowance(readsPerMinute: 1, writesPerMinute: 1)) { _ in .json("1") }
    private let own: SessionAllowance

    init() {
        own = SessionAllowance(limit: 5, pause: .seconds(600)) { [clock = calls.clock] in clock.now }
    }

    private func session(timeLeft: Duration = .seconds(5)) -> CallSession {
        CallSession(
            broker: calls.broker,
            context: CallContext(
                credentials: [Credential(key: "k")],
                deadline: calls.clock.now + timeLeft,
                caller: CallerID("a"),
                allowance: CallAllowance(9, session: own)
            )
        )
    }

    private func fetch(_ paths: String..., timeLeft: Duration = .seconds(5)) async -> [String] {
        await session(timeLeft: timeLeft).fetch(paths.map { Call(path: $0) }).map(\.word)
    }

    @Test func aReadThatIsNotMadeCostsNothing() async {
        #expect(await fetch("/1") == ["1"])
        #expect(own.remaining == 4)
        // The key has spent its minute, and the caller has no time to wait for the next one.
        #expect(await fetch("/2", "/3") == ["RATE_LIMITED", "RATE_LIMITED"])
        #expect(own.remaining == 4)
        #expect(await fetch("/4", timeLeft: .zero).count == 1)
        #expect(own.remaining == 4)
        #expect(calls.transport.paths == ["/1"])
    }

    @Test func aWriteThatIsNotMadeCostsNothing() async {
        let write = UpstreamWrite(method: .post, call: Call(path: "/w"), body: [], key: nil, content: .anything)
        let plan = WritePlan(
            entity: nil,
            key: nil,
            policy: .none,
            dependents: [],
            isCacheable: false,
            content: .anything
        )
        guard case .done = await session().write(write, plan) else {
            Issue.record("The first write was not carried out.")
            return
        }
        #expect(own.remaining == 4)
        guard case .refused = await session().write(write, plan) else {
            Issue.record("The second write was carried out.")
            return
        }
        #expect(own.remaining == 4)
        #expect(calls.transport.paths == ["/w"])
    }
}
