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
        let write = UpstreamWrite(
            method: .post,
            call: Call(path: "/w"),
            route: BindingID(index: 0),
            body: [],
            key: nil,
            content: .anything
        )
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

    @Test func clientAllowanceRestartsAfterItsWindow() {
        let clock = calls.clock
        let start = clock.now
        let client = ClientAllowance(limit: 3, window: .seconds(600)) { clock.now }
        func session() -> SessionAllowance {
            SessionAllowance(limit: 2, pause: .seconds(600), of: client) { clock.now }
        }
        let (first, second) = (session(), session())
        #expect([first.begin(), first.begin(), first.begin()] == [true, true, false])
        #expect(first.failure.message.contains("This session has spent its 2 upstream calls"))
        // What a session refuses is not counted for its client.
        #expect(second.remaining == 1)
        clock.advance(by: .seconds(200))
        #expect([second.begin(), second.begin()] == [true, false])
        #expect(second.failure.extensions["retryAfter"] == 400)
        second.refund()
        #expect(session().remaining == 1)
        #expect(second.begin())
        clock.advance(by: .seconds(400))
        #expect(clock.now - start == .seconds(600))
        #expect([second.begin(), second.begin()] == [true, false])
    }
}
