import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// A gateway that is killed in the middle of writes has sent each of them once at most, and sends none of them later.
@Suite struct KilledGatewayTests {
    private static let program = BuiltProgram(name: "workestra-gateway")

    @Test(.enabled(if: program.exists)) func noWriteIsSentTwice() async throws {
        let (arrivals, arrival) = AsyncStream<Void>.makeStream()
        let upstream = try await ScriptedServer.start { request in
            guard request.method != "GET" else { return .http(404, body: "") }
            arrival.yield()
            return request.target.hasSuffix("/after") ? .http(body: #"{"id":"after","title":"t"}"#) : .never
        }
        let transport = try CurlTransport()
        let killed = try await start(upstream)
        let pending = Task { [address = try address(of: killed)] in
            await transport.send((0..<10).map { Self.write("issue\($0)", to: address) })
        }
        var iterator = arrivals.makeAsyncIterator()
        for _ in 0..<10 { await iterator.next() }
        killed.kill()
        for result in await pending.value { #expect((try? result.get()) == nil) }

        let restarted = try await start(upstream)
        let after = await transport.send([Self.write("after", to: try address(of: restarted))])
        let body = try #require(try after.first?.get().body)
        #expect(try JSONValue(parsing: body) == ["data": ["updateIssue": ["issue": ["title": "t"]]]])
        restarted.kill()

        let writes = upstream.requests().filter { $0.method != "GET" }.map { "\($0.method) \($0.target)" }
        #expect(writes.sorted() == (["after"] + (0..<10).map { "issue\($0)" }).map { "PATCH /issues/\($0)" }.sorted())
        await transport.shutDown()
        try await upstream.shutdown()
    }

    private func start(_ upstream: ScriptedServer) async throws -> RunningProgram {
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--schema", "schema/", "--upstream", upstream.baseURL]
        return try await RunningProgram.start(Self.program, arguments, in: RepositoryFile.root)
    }

    private func address(of gateway: RunningProgram) throws -> String {
        let words = gateway.firstLine.split(separator: " ")
        return try #require(words.last.map(String.init), "The gateway did not start: \(gateway.firstLine)")
    }

    private static func write(_ id: String, to address: String) -> TransportRequest {
        let text = "mutation { updateIssue(id: \"\(id)\", input: { title: \"t\" }) { issue { title } } }"
        return TransportRequest(
            method: "POST",
            url: "\(address)/graphql",
            headers: [(name: "Content-Type", value: "application/json")],
            body: JSONValue.object(["query": .string(text)]).serialized(),
            timeout: .seconds(20)
        )
    }
}
