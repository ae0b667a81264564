import GraphQL
import JSON
import Synchronization
import Testing

@testable import Upstream

/// The outcomes of calls decide whether a workspace is called at all.
@Suite struct WorkspaceHealthTests {
    private let clock = ManualClock()

    private func workspace(_ transport: ScriptedTransport) -> Workspace {
        Workspace(
            index: 0,
            slug: "main",
            client: UpstreamClient(baseURL: ScriptedTransport.baseURL, transport: transport),
            conventions: UpstreamConventions(),
            now: { [clock] in clock.now },
            schedule: { [clock] in clock.schedule($0, $1) }
        )
    }

    /// Makes calls at once; returns the codes of their failures, nil for a response.
    private func codes(_ workspace: Workspace, calls: Int, timeLeft: Duration = .seconds(5)) async -> [String?] {
        let session = CallSession(
            broker: CallBroker(workspaces: [workspace], now: { [clock] in clock.now }),
            credentials: [Credential(key: "k")],
            deadline: clock.now + timeLeft,
            caller: CallerID("test")
        )
        return await session.fetch((0..<calls).map { Call(path: "/\($0)") }).map { outcome in
            if case .failed(let failure) = outcome { failure.extensions["code"]?.stringValue } else { nil }
        }
    }

    @Test(arguments: [TransportError.Code.malformedResponse, .tls, .timedOut])
    func failuresThatCannotBeRepeatedCountToo(code: TransportError.Code) async {
        let transport = ScriptedTransport { (_: String) in .broken(code) }
        let workspace = workspace(transport)
        _ = await codes(workspace, calls: 8)
        #expect(await codes(workspace, calls: 3) == Array(repeating: "WORKSPACE_UNAVAILABLE", count: 3))
        #expect(transport.paths.count == 8)
    }

    @Test(arguments: [TransportError.Code.invalidRequest, .cancelled, .tooLarge])
    func failuresThatAreNotTheUpstreamsDoNot(code: TransportError.Code) async {
        let transport = ScriptedTransport { (_: String) in .broken(code) }
        let workspace = workspace(transport)
        for _ in 0..<4 { _ = await codes(workspace, calls: 8) }
        #expect(transport.paths.count == 32)
    }

    @Test func aCallThatHadHardlyAnyTimeIsNotTheUpstreamsFault() async {
        let transport = ScriptedTransport { (_: String) in .broken(.timedOut) }
        let workspace = workspace(transport)
        for _ in 0..<4 { _ = await codes(workspace, calls: 8, timeLeft: .milliseconds(900)) }
        #expect(transport.paths.count == 32)
    }

    @Test(arguments: [false, true])
    func oneCallOfManyProbes(worksAgain: Bool) async {
        let works = Mutex(false)
        let transport = ScriptedTransport { (_: String) in
            works.withLock { $0 } ? .json("{}") : .broken(.malformedResponse)
        }
        let workspace = workspace(transport)
        _ = await codes(workspace, calls: 8)
        clock.advance(by: .seconds(1))
        works.withLock { $0 = worksAgain }
        let codes = await codes(workspace, calls: 10)
        let sent = transport.paths.count - 8
        // The breakers of the workspace and of the path that is probed may each let one call pass.
        #expect(worksAgain ? sent == 10 : (1...2).contains(sent))
        let failed =
            Array(repeating: "UPSTREAM_INVALID_RESPONSE", count: sent)
            + Array(repeating: "WORKSPACE_UNAVAILABLE", count: 10 - sent)
        #expect(
            codes.map { $0 ?? "none" }.sorted() == (worksAgain ? Array(repeating: "none", count: 10) : failed.sorted())
        )
    }
}
