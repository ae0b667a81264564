import Gateway
import GatewayTestSupport
import Sandbox
import Synchronization
import Testing
import Upstream

/// Which records name who calls.
@Suite struct CallerNameTests {
    /// Writes down who is named, and takes notes of requests if it is asked to.
    private final class Recorder: GatewayObserver {
        private let state = Mutex<[String]>([])
        private let takesNotes: Bool

        init(takesNotes: Bool) { self.takesNotes = takesNotes }

        var lines: [String] { state.withLock { $0 } }

        func wantsNotes() -> Bool { takesNotes }

        func requestCompleted(_ record: RequestRecord) {
            let key = record.credential == Credential(key: "k") ? "k" : "-"
            state.withLock { $0.append("\(record.id?.text ?? "-") \(key) \(record.lane ?? "-")") }
        }
    }

    @Test(arguments: [(true, false, "r1 k people"), (false, true, "r1 k people"), (false, false, "r1 - -")])
    func callersAreNamedOnlyIfAnObserverNeedsIt(namesCallers: Bool, takesNotes: Bool, line: String) async throws {
        let recorder = Recorder(takesNotes: takesNotes)
        let server = try await ScriptedServer.start { _ in .http(body: #"{"id":"1","name":"n"}"#) }
        let change = { (options: inout GatewayUnderTest.Options) in
            options.observer = recorder
            options.telemetry.namesCallers = namesCallers
        }
        try await withGateway(change, upstream: server.baseURL) { gateway in
            let headers: Headers = [("X-Request-ID", "r1"), ("Authorization", "Bearer k")]
            _ = try await gateway.post(#"{"query":"query Q { thing(id: 1) { name } }"}"#, headers: headers)
        }
        try await server.shutdown()
        #expect(recorder.lines == [line])
    }
}
