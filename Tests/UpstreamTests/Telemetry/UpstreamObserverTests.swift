import GraphQL
import JSON
import TestSupport
import Testing

@testable import Upstream

/// What an observer is notified of.
@Suite struct UpstreamObserverTests {
    private let clock = ManualClock()
    private let observer = RecordingObserver()

    private func workspace(
        allowance: Allowance = .unlimited,
        _ respond: @escaping @Sendable (TransportRequest) async -> ScriptedTransport.Outcome
    ) -> Workspace {
        Workspace(
            index: 0,
            slug: "main",
            client: UpstreamClient(
                baseURL: ScriptedTransport.baseURL,
                transport: ScriptedTransport(requests: respond)
            ),
            conventions: UpstreamConventions(),
            allowance: allowance,
            now: { [clock] in clock.now },
            schedule: { [clock] in clock.schedule($0, $1) },
            observer: observer
        )
    }

    private func session(_ workspace: Workspace, id: String, timeLeft: Duration = .seconds(5)) -> CallSession {
        CallSession(
            broker: CallBroker(workspaces: [workspace], now: { [clock] in clock.now }),
            context: CallContext(
                credentials: [Credential(key: "k")],
                deadline: clock.now + timeLeft,
                caller: CallerID("test"),
                requestID: RequestID(clientSupplied: id)
            )
        )
    }

    private func fetch(
        _ workspace: Workspace,
        _ path: String,
        id: String = "r1",
        timeLeft: Duration = .seconds(5)
    ) async {
        _ = await session(workspace, id: id, timeLeft: timeLeft).fetch([Call(path: path)])
    }

    /// What is too large for the cache costs a call each time, which an operator has to know.
    @Test(arguments: [380_000, 440_000]) func aResponseThatIsTooLargeToBeCachedIsReported(bytes: Int) async {
        let store = InMemoryResponseStore(capacity: 4 << 20, workspaces: 1)
        let workspace = workspace { _ in .json(#"{"text":"\#(String(repeating: "x", count: bytes))"}"#) }
        let broker = CallBroker(workspaces: [workspace], store: store, now: { [clock] in clock.now })
        var policy = CachePolicy()
        policy.maxAge = .seconds(60)
        for _ in 0..<2 {
            let context = CallContext(
                credentials: [Credential(key: "k")],
                deadline: clock.now + .seconds(5),
                caller: CallerID("test")
            )
            let session = CallSession(broker: broker, context: context)
            _ = await session.fetch([Call(path: "/large?page=1")], purpose: CallPurpose(policy: policy))
        }
        let lines = observer.takeLines()
        let isLarge = bytes > 400_000
        #expect(lines.count { $0.hasPrefix("call") } == (isLarge ? 2 : 1))
        let reports = Array(repeating: "not cached main /large true", count: isLarge ? 2 : 0)
        #expect(lines.filter { $0.hasPrefix("not cached") } == reports)
    }

    @Test func everyCallIsReportedWithItsRequest() async {
        let workspace = workspace { [clock] request in
            clock.advance(by: .seconds(2))
            return request.path == "/broken" ? .broken(.malformedResponse) : .json("{}")
        }
        await fetch(workspace, "/a?b=c")
        await fetch(workspace, "/broken", id: "r2")
        _ = await session(workspace, id: "r3").write(
            UpstreamWrite(
                method: .post,
                call: Call(path: "/w"),
                route: BindingID(index: 0),
                body: [],
                key: nil,
                content: .anything
            ),
            WritePlan(
                entity: nil,
                key: nil,
                policy: CachePolicy(),
                dependents: [],
                isCacheable: true,
                content: .anything
            )
        )
        #expect(
            observer.lines == [
                "call r1 main GET /a?b=c 200 2 2.0 seconds", "call r2 main GET /broken malformedResponse 2.0 seconds",
                "call r3 main POST /w 200 2 2.0 seconds",
            ]
        )
    }

    @Test func failureAndRecoveryAreReportedOnce() async {
        let works = Flag()
        let workspace = workspace { _ in works.value ? .json("{}") : .broken(.malformedResponse) }
        for _ in 0..<20 { await fetch(workspace, "/a") }
        #expect(observer.takeLines().filter { $0.hasPrefix("health") } == ["health main /a 1.0 seconds"])
        clock.advance(by: .seconds(1))
        await fetch(workspace, "/a")
        #expect(observer.takeLines().filter { $0.hasPrefix("health") } == ["health main /a 2.0 seconds"])
        clock.advance(by: .seconds(2))
        works.set()
        for _ in 0..<5 { await fetch(workspace, "/a") }
        #expect(observer.takeLines().filter { $0.hasPrefix("health") } == ["health main /a works"])
    }

    @Test func anOutageIsReported() async {
        let workspace = workspace { _ in .broken(.malformedResponse) }
        for index in 0..<20 { await fetch(workspace, "/\(index % 8)") }
        #expect(observer.lines.filter { $0.hasPrefix("health") } == ["health main workspace 1.0 seconds"])
    }

    @Test func aCallThatTheBudgetDoesNotAllowIsReported() async {
        let workspace = workspace(allowance: Allowance(readsPerMinute: 1, writesPerMinute: 1)) { _ in .json("{}") }
        await fetch(workspace, "/a")
        await fetch(workspace, "/b", id: "r2")
        #expect(observer.lines.filter { $0.hasPrefix("budget") } == ["budget r2 main read noneInTime 62"])
    }

    @Test func aCallThatTheUpstreamRefusesForItsRateIsReported() async {
        let workspace = workspace { _ in .status(429, "", headers: [(name: "Retry-After", value: "30")]) }
        await fetch(workspace, "/a")
        #expect(
            observer.lines.filter { $0.hasPrefix("budget") } == [
                "budget r1 main read refusedByUpstream 30", "budget r1 main read noneInTime 30",
            ]
        )
    }

    @Test func aRefusedCredentialIsReported() async {
        let workspace = workspace { _ in .status(401, "") }
        await fetch(workspace, "/a")
        #expect(observer.lines.suffix(1) == ["refused r1 main true"])
    }

    @Test func noRecordShowsAKey() async {
        let refusal = CredentialRefusal(requestID: nil, workspace: "main", credential: Credential(key: "secret"))
        var text = ""
        dump(refusal, to: &text)
        #expect(!"\(refusal) \(text)".contains("secret"))
    }
}

/// Something that becomes true.
private final class Flag: Sendable {
    private let latch = Latch()

    var value: Bool { latch.isOpen }

    func set() { latch.open() }
}
