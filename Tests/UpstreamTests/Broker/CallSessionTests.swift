import GraphQL
import JSON
import Synchronization
import Testing

@testable import Upstream

/// Within one client request every call is made once, whoever asks for it and when.
@Suite struct CallSessionTests {
    private let calls = ["/a", "/b", "/a"].map { Call(path: $0) }

    private func session(_ transport: ScriptedTransport, timeLeft: Duration = .milliseconds(20)) -> CallSession {
        CallSession(
            broker: .single(transport: transport),
            context: CallContext(
                credentials: [Credential(authorization: "Bearer k")],
                deadline: CallBroker.frozenTime + timeLeft,
                caller: CallerID("test")
            )
        )
    }

    /// The JSON of a response, or the word for what came instead.
    private func text(_ outcome: CallOutcome) -> String {
        switch outcome {
        case .found(let document): String(decoding: document.json.rawBytes(of: 0), as: UTF8.self)
        case .missing: "missing"
        case .failed(let failure): failure.message
        }
    }

    @Test func equalCallsOfOneFetchAreMadeOnceWithOutcomesInOrder() async {
        let transport = ScriptedTransport { .json("\"\($0)\"") }
        let session = session(transport)
        let outcomes = await session.fetch(calls)
        #expect(outcomes.map(text) == [#""/a""#, #""/b""#, #""/a""#])
        #expect(transport.paths == ["/a", "/b"])
        #expect(session.report.current.made == 2)
    }

    @Test func aLaterFetchMakesOnlyWhatIsNew() async {
        let transport = ScriptedTransport(["/a": .json("1"), "/b": .json("2")])
        let session = session(transport)
        _ = await session.fetch([Call(path: "/a")])
        let outcomes = await session.fetch([Call(path: "/c"), Call(path: "/a"), Call(path: "/b")])
        #expect(outcomes.map(text) == ["missing", "1", "2"])
        #expect(transport.paths == ["/a", "/c", "/b"])
        #expect(session.report.current.made == 3)
    }

    @Test func anEqualCallInFlightIsJoined() async {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        let (releases, release) = AsyncStream.makeStream(of: Void.self)
        let transport = ScriptedTransport { path in
            arrived.yield()
            for await _ in releases { break }
            return .json("\"\(path)\"")
        }
        let session = session(transport)
        async let first = session.fetch([Call(path: "/a")])
        for await _ in arrivals { break }
        let second = Task { [calls] in await session.fetch([calls[0], calls[2]]) }
        let third = Task { await session.fetch([Call(path: "/a")]) }
        release.yield()
        #expect(await first.map(text) == [#""/a""#])
        #expect(await second.value.map(text) == [#""/a""#, #""/a""#])
        #expect(await third.value.map(text) == [#""/a""#])
        #expect(transport.paths == ["/a"])
    }

    @Test func aFailureIsSharedToo() async {
        let transport = ScriptedTransport(["/a": .status(403, "")])
        let session = session(transport)
        let outcomes = await session.fetch([calls[0], calls[2]])
        #expect(outcomes.map(text) == Array(repeating: "The credential does not permit this.", count: 2))
        #expect(transport.paths == ["/a"])
    }

    @Test func anExpiredRequestMakesNoCall() async {
        let transport = ScriptedTransport(["/a": .json("1")])
        let outcomes = await session(transport, timeLeft: .zero).fetch([Call(path: "/a")])
        #expect(outcomes.map(text) == ["The request timed out before the upstream was called."])
        #expect(transport.paths == [])
    }

    @Test func theCredentialGoesWithEveryCallAndIsNotShownElse() async {
        let transport = ScriptedTransport(["/a": .json("1"), "/b": .json("2")])
        _ = await session(transport).fetch(calls)
        for request in transport.requests {
            #expect(request.method == "GET")
            #expect(request.headers.contains { $0.name == "Authorization" && $0.value == "Bearer k" })
        }
        let credential = Credential(authorization: "Bearer k")
        #expect("\(credential) \(String(reflecting: credential))" == "a credential a credential")
        var dumped = ""
        dump(credential, to: &dumped)
        #expect(!dumped.contains("Bearer"))
    }
}
