import GraphQL
import JSON
import Synchronization
import TestSupport
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
        await session(workspace, timeLeft: timeLeft).fetch((0..<calls).map { Call(path: "/\($0)") }).map { outcome in
            if case .failed(let failure) = outcome { failure.extensions["code"]?.stringValue } else { nil }
        }
    }

    private func session(
        _ workspace: Workspace,
        _ key: String = "k",
        timeLeft: Duration = .seconds(5)
    ) -> CallSession {
        CallSession(
            broker: CallBroker(workspaces: [workspace], now: { [clock] in clock.now }),
            context: CallContext(
                credentials: [Credential(key: key)],
                deadline: clock.now + timeLeft,
                caller: CallerID(key)
            )
        )
    }

    /// Makes one call; returns its JSON or the code of its failure.
    private func code(
        _ workspace: Workspace,
        _ path: String,
        _ key: String = "k",
        timeLeft: Duration = .seconds(5)
    ) async -> String {
        await session(workspace, key, timeLeft: timeLeft).fetch([Call(path: path)]).map(\.word).joined()
    }

    @Test(arguments: [TransportError.Code.malformedResponse, .tls, .timedOut])
    func unrepeatableFailuresOpenTheBreaker(code: TransportError.Code) async {
        let transport = ScriptedTransport { (_: String) in .broken(code) }
        let workspace = workspace(transport)
        _ = await codes(workspace, calls: 8)
        #expect(await codes(workspace, calls: 3) == Array(repeating: "WORKSPACE_UNAVAILABLE", count: 3))
        #expect(transport.paths.count == 8)
    }

    @Test(arguments: [TransportError.Code.invalidRequest, .cancelled, .tooLarge])
    func callerFailuresDoNotOpenTheBreaker(code: TransportError.Code) async {
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
        #expect(sent == (worksAgain ? 10 : 1))
        let failed = ["UPSTREAM_INVALID_RESPONSE"] + Array(repeating: "WORKSPACE_UNAVAILABLE", count: 9)
        #expect(codes.map { $0 ?? "none" }.sorted() == (worksAgain ? Array(repeating: "none", count: 10) : failed))
    }

    @Test func pathsThatHaveNotFailedProbeOnceASecond() async {
        let transport = ScriptedTransport { (_: String) in .broken(.malformedResponse) }
        let workspace = workspace(transport)
        _ = await codes(workspace, calls: 8)
        var sent: [Int] = []
        for step in 0..<4 {
            if step > 0 { clock.advance(by: .milliseconds(500)) }
            let before = transport.paths.count
            for index in 0..<5 { _ = await code(workspace, "/new/\(step)/\(index)") }
            sent.append(transport.paths.count - before)
        }
        #expect(sent == [1, 0, 1, 0])
    }

    @Test(arguments: [false, true])
    func oneCallOfARouteProbes(worksAgain: Bool) async {
        let works = Mutex(false)
        let transport = ScriptedTransport { path in
            path.hasPrefix("/list") && !works.withLock { $0 } ? .broken(.malformedResponse) : .json("{}")
        }
        let workspace = workspace(transport)
        for page in 0..<8 {
            _ = await code(workspace, "/list?page=\(page)")
            _ = await code(workspace, "/other")
        }
        while await code(workspace, "/list?page=0") != "WORKSPACE_UNAVAILABLE", !Task.isCancelled {
            _ = await code(workspace, "/other")
        }
        clock.advance(by: .seconds(1))
        works.withLock { $0 = worksAgain }
        let before = transport.paths.count
        let session = session(workspace)
        let calls = (0..<10).map { Call(path: "/list?page=\($0)") } + [Call(path: "/other")]
        let words = await session.fetch(calls).map(\.word)
        let rest = worksAgain ? "{}" : "WORKSPACE_UNAVAILABLE"
        #expect(words.filter { $0 == rest }.count == (worksAgain ? 11 : 9))
        #expect(words.last == "{}")
        #expect(transport.paths.count - before == (worksAgain ? 11 : 2))
    }

    // MARK: - One thing that always fails

    /// Polls one path that always fails, and then another one; returns the outcomes of the latter.
    private func others(
        beside poison: @escaping @Sendable (Int) -> String,
        seconds: Int = 120
    ) async -> [String: Int] {
        let transport = ScriptedTransport { $0.hasPrefix("/poison") ? .status(500, "") : .json("{}") }
        let workspace = workspace(transport)
        var words: [String: Int] = [:]
        for second in 0..<seconds {
            // Far more often than the others, as if it were the only thing that is asked for.
            for poll in 0..<10 {
                _ = await code(workspace, poison(second * 10 + poll), "a", timeLeft: .milliseconds(1))
            }
            for path in ["/list?page=1", "/things/\(second)"] {
                words[await code(workspace, path, "b"), default: 0] += 1
            }
            clock.advance(by: .seconds(1))
        }
        return words
    }

    @Test func anObjectThatAlwaysFailsStopsNoOther() async {
        #expect(await others { _ in "/poison" } == ["{}": 240])
    }

    @Test func aRouteThatAlwaysFailsStopsNoOther() async {
        #expect(await others { "/poison?page=\($0 % 50)" } == ["{}": 240])
    }

    @Test func manyObjectsThatAlwaysFailStopNoOther() async {
        #expect(await others { "/poison/\($0 % 7)" } == ["{}": 240])
    }
}
