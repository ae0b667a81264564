import Foundation
import GatewayTestSupport
import Glibc
import JSON
import Sandbox
import Testing
import Upstream

/// The built program as the system treats it: without descriptors, with signals, and where its port is taken.
@Suite struct ProcessTests {
    private static let program = BuiltProgram(name: "workestra-gateway")

    /// Starts a gateway in front of an upstream.
    private func start(
        _ upstream: ScriptedServer,
        _ options: [String] = [],
        descriptors: Int? = nil,
        isSoft: Bool = false
    ) async throws -> RunningProgram {
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--schema", "schema/", "--upstream", upstream.baseURL]
        let gateway = try await RunningProgram.start(
            Self.program,
            arguments + ["--threads", "1", "--drain-delay", "0"] + options,
            in: RepositoryFile.root,
            descriptors: descriptors,
            isSoftLimit: isSoft
        )
        try #require(gateway.port != nil, "The gateway did not start: \(gateway.firstLine)")
        return gateway
    }

    /// A request for one issue; its whole response ends with `"}}}`.
    private static func issue(_ id: String, close: Bool = false) -> String {
        let body = #"{"query":"{ issue(id: \"\#(id)\") { title } }"}"#
        return "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + (close ? "Connection: close\r\n" : "") + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    /// Half of a request, by length or in chunks.
    private static let halves = [
        "Content-Length: 99\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n1\r\n{",
    ].map { "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + $0 }

    private func connect(_ gateway: RunningProgram) throws -> RawConnection {
        try RawConnection(port: try #require(gateway.port))
    }

    private static func title(_ text: String) -> ScriptedResponse { .http(body: #"{"id":"x","title":"\#(text)"}"#) }

    // MARK: - Descriptors

    @Test(.enabled(if: program.exists), .timeLimit(.minutes(15)))
    func servesWhileOneClientHoldsAllItsConnections() async throws {
        let upstream = try await ScriptedServer.start { request in
            // The first time it fails, so that a retry needs a timer.
            request.target.hasSuffix("/x") ? .http(503, body: "") : Self.title("t")
        }
        let gateway = try await start(upstream, descriptors: 100)
        var held: [RawConnection] = []
        for index in 0..<300 {
            // What is turned away may fail to connect or to send.
            guard let client = try? connect(gateway) else { continue }
            client.send(Self.halves[index % 2])
            held.append(client)
        }
        for id in ["x", "y", "z"] {
            let client = try connect(gateway)
            client.send(Self.issue(id, close: true))
            let text = await client.readToEnd()
            #expect(text.hasPrefix("HTTP/1.1 200 "), "\(text)")
            #expect(text.contains(id == "x" ? "errors" : #"{"data":{"issue":{"title":"t"}}}"#), "\(text)")
        }
        gateway.kill()
        try await upstream.shutdown()
    }

    @Test(.enabled(if: program.exists), .timeLimit(.minutes(15)))
    func theLimitOfDescriptorsIsRaisedAtStart() async throws {
        let upstream = try await ScriptedServer.start { _ in .never }
        let gateway = try await start(upstream, descriptors: 100, isSoft: true)
        let limits = try String(contentsOfFile: "/proc/\(gateway.identifier)/limits", encoding: .utf8)
        let line = try #require(limits.split(separator: "\n").first { $0.hasPrefix("Max open files") })
        // The soft limit, and the hard one.
        let numbers = line.split(separator: " ").compactMap { Int($0) }
        #expect(numbers.count == 2)
        #expect(numbers.first == min(1 << 20, numbers.last ?? 0))
        gateway.kill()
        try await upstream.shutdown()
    }

    @Test(.enabled(if: program.exists), .timeLimit(.minutes(15)))
    func aLackOfDescriptorsIsNoFailureOfTheUpstream() async throws {
        // Each call needs a connection of its own, as the one of the probe at start may be open.
        let upstream = try await ScriptedServer.start { _ in
            .http(headers: [(name: "Connection", value: "close")], body: #"{"id":"x","title":"t"}"#)
        }
        let gateway = try await start(upstream, ["--no-cache"])
        let client = try connect(gateway)
        client.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(await client.read(until: "\r\n\r\nok").hasPrefix("HTTP/1.1 200 "))
        try await limit(gateway, to: "4:")
        // Waits in the queue of the socket that listens until it can be accepted.
        let later = try connect(gateway)
        later.send(Self.issue("later", close: true))
        for index in 0..<12 {
            client.send(Self.issue("a\(index)"))
            let text = await client.read(until: "]}")
            guard !text.isEmpty else {
                gateway.kill()
                Issue.record("no response to request \(index): \(try await gateway.finish())")
                try await upstream.shutdown()
                return
            }
            #expect(text.hasPrefix("HTTP/1.1 200 "), "\(text)")
            #expect(text.contains("UPSTREAM_ERROR"), "\(text)")
        }
        try await limit(gateway, to: "1000:")
        client.send(Self.issue("b"))
        #expect(await client.read(until: "}}}").contains(#""title":"t""#))
        #expect(await later.readToEnd().contains(#""title":"t""#))
        gateway.kill()
        try await upstream.shutdown()
    }

    /// Changes how many files a running program may open.
    private func limit(_ program: RunningProgram, to limits: String) async throws {
        let arguments = ["--pid", "\(program.identifier)", "--nofile=\(limits)"]
        let result = try await BuiltProgram.finish("/usr/bin/prlimit", arguments, in: "/")
        try #require(result.status == 0, "\(result.errors)")
    }

    // MARK: - Signals

    @Test(.enabled(if: program.exists), .timeLimit(.minutes(15)))
    func halfSentRequestsDoNotHoldUpAStop() async throws {
        let upstream = try await ScriptedServer.start { _ in .never }
        // So long that only the test's own time limit would end a stop that waits for the other halves.
        let gateway = try await start(upstream, ["--drain-timeout", "3600"])
        let clients = try Self.halves.map { half in
            let client = try connect(gateway)
            client.send(half)
            return client
        }
        gateway.send(signal: SIGTERM)
        #expect(try await gateway.finish().status == 0)
        #expect(clients.count == 2)
        try await upstream.shutdown()
    }

    @Test(.enabled(if: program.exists), .timeLimit(.minutes(15)))
    func aSecondSignalEndsTheProcessAtOnce() async throws {
        let (arrivals, arrival) = AsyncStream<Void>.makeStream()
        let upstream = try await ScriptedServer.start { _ in
            arrival.yield()
            return .never
        }
        let gateway = try await start(upstream, ["--drain-timeout", "3600", "--timeout", "3600"])
        let client = try connect(gateway)
        client.send(Self.issue("x"))
        var iterator = arrivals.makeAsyncIterator()
        await iterator.next()
        gateway.send(signal: SIGTERM)
        #expect(try await gateway.errorLine(containing: "Shutting down").contains("Shutting down"))
        gateway.send(signal: SIGTERM)
        #expect(try await gateway.finish().status == 128 + SIGTERM)
        try await upstream.shutdown()
    }

    @Test(.enabled(if: program.exists), .timeLimit(.minutes(15)))
    func aSlowClientGetsAllOfAResponseThatIsBeingWritten() async throws {
        let name = String(repeating: "x", count: 12 << 20)
        let upstream = try await ScriptedServer.start { _ in Self.title(name) }
        let gateway = try await start(upstream, ["--drain-timeout", "100"])
        let client = try connect(gateway)
        client.send(Self.issue("x"))
        var text = await client.read(until: "x")
        gateway.send(signal: SIGTERM)
        #expect(try await gateway.errorLine(containing: "Shutting down").contains("Shutting down"))
        text += await client.readToEnd()
        #expect(text.hasSuffix("x\"}}}"))
        #expect(text.utf8.count > 12 << 20)
        #expect(try await gateway.finish().status == 0)
        try await upstream.shutdown()
    }

    @Test(.enabled(if: program.exists), .timeLimit(.minutes(15)))
    func hangupDoesNotEndTheProcess() async throws {
        let upstream = try await ScriptedServer.start { _ in Self.title("t") }
        let gateway = try await start(upstream)
        gateway.send(signal: SIGHUP)
        #expect(try await gateway.errorLine(containing: "SIGHUP").contains("SIGHUP"))
        let client = try connect(gateway)
        client.send(Self.issue("x", close: true))
        #expect(await client.readToEnd().contains(#""title":"t""#))
        gateway.kill()
        try await upstream.shutdown()
    }

    @Test(.enabled(if: program.exists), .timeLimit(.minutes(15)))
    func aPortInUseIsNamed() async throws {
        let upstream = try await ScriptedServer.start { _ in .never }
        let gateway = try await start(upstream)
        let address = "127.0.0.1:\(try #require(gateway.port))"
        let arguments = ["serve", "--schema", "schema/", "--upstream", upstream.baseURL, "--listen", address]
        let second = try await Self.program.finish(arguments, in: RepositoryFile.root)
        #expect(second.status == 1)
        #expect(second.errors == "error: cannot listen on \(address): address already in use\n")
        gateway.kill()
        try await upstream.shutdown()
    }
}
