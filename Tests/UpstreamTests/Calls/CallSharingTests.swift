import GraphQL
import JSON
import Testing

@testable import Upstream

/// Whoever shares a call of somebody else does not share what concerns only them.
@Suite(.timeLimit(.minutes(15))) struct CallSharingTests {
    private static let call = Call(path: "/a")

    private func session(_ broker: CallBroker, timeLeft: Duration) -> CallSession {
        CallSession(
            broker: broker,
            context: CallContext(
                credentials: [Credential(key: "k")],
                deadline: CallBroker.frozenTime + timeLeft,
                caller: CallerID("test")
            )
        )
    }

    private func code(_ outcome: CallOutcome?) -> String? {
        if case .failed(let failure)? = outcome { failure.extensions["code"]?.stringValue } else { nil }
    }

    @Test func aLeaderThatDisconnectsDoesNotCancelItsFollowers() async {
        let transport = ScriptedTransport(["/a": .json("1"), "/b": .json("2")])
        let workspace = Workspace(
            index: 0,
            slug: "main",
            client: UpstreamClient(baseURL: ScriptedTransport.baseURL, transport: transport),
            conventions: UpstreamConventions(),
            allowance: Allowance(readsPerMinute: 1, writesPerMinute: 1),
            now: { CallBroker.frozenTime },
            schedule: { _, _ in }
        )
        let broker = CallBroker(workspaces: [workspace], now: { CallBroker.frozenTime }, schedule: { _, _ in })
        _ = await session(broker, timeLeft: .seconds(1)).fetch([Call(path: "/b")])
        // The budget is used up: the first waits for it, and the second for the first.
        let first = session(broker, timeLeft: .seconds(500))
        let leader = Task { await first.fetch([Self.call]) }
        while workspace.budget(of: Credential(key: "k")).waitingCalls == 0, !Task.isCancelled { await Task.yield() }
        let second = session(broker, timeLeft: .seconds(1))
        let follower = Task { await second.fetch([Self.call]) }
        while second.report.current.shared == 0, !Task.isCancelled { await Task.yield() }
        leader.cancel()
        #expect(code(await leader.value.first) == "REQUEST_CANCELLED")
        // Its own time does not allow it to wait; it does not fail as if its caller had left.
        #expect(code(await follower.value.first) == "RATE_LIMITED")
        #expect(transport.paths == ["/b"])
    }
}
