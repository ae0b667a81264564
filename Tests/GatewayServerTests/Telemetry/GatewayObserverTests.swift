import Gateway
import GatewayServer
import GatewayTestSupport
import Sandbox
import Synchronization
import Testing
import Upstream

/// What an observer of the gateway is notified of, under which request id.
@Suite struct GatewayObserverTests {
    /// Writes down what it is notified of.
    private final class Recorder: GatewayObserver {
        private let state = Mutex<[String]>([])

        var lines: [String] { state.withLock { $0 } }

        private func note(_ line: String) { state.withLock { $0.append(line) } }

        func requestCompleted(_ record: RequestRecord) {
            let outcome = record.outcome
            let errors = outcome.errorCodes.joined(separator: ",")
            let kind = outcome.kind ?? "unknown"
            note(
                "request \(record.id?.text ?? "none") \(record.interface.rawValue) \(outcome.name ?? "-") \(kind) "
                    + "[\(errors)] \(outcome.calls.made) made"
            )
        }

        func exchangeCompleted(_ record: ExchangeRecord) {
            note("exchange \(record.id ?? "none") \(record.method) \(record.route ?? "-") \(record.status)")
        }

        func upstreamCallCompleted(_ record: UpstreamCallRecord) {
            note("call \(record.requestID?.text ?? "none") \(record.workspace) \(record.path)")
        }
    }

    private func lines(
        _ upstream: ScriptedResponse = .http(body: #"{"id":"1","name":"n"}"#),
        _ body: (GatewayUnderTest) async throws -> Void
    ) async throws -> [String] {
        let recorder = Recorder()
        let server = try await ScriptedServer.start { _ in upstream }
        let change = { (options: inout GatewayUnderTest.Options) in options.observer = recorder }
        try await withGateway(change, upstream: server.baseURL, body)
        try await server.shutdown()
        return recorder.lines
    }

    private let id: Headers = [("X-Request-ID", "r1")]

    @Test func recordsCallRequestAndExchangeOfAGraphQLRequest() async throws {
        let lines = try await lines { gateway async throws in
            _ = try await gateway.post(#"{"query":"query Q { thing(id: 1) { name } }"}"#, headers: id)
        }
        #expect(
            lines == [
                "call r1 main /things/1", "request r1 graphql Q query [] 1 made", "exchange r1 POST /graphql 200",
            ]
        )
    }

    @Test(arguments: [
        ("{", "GRAPHQL_PARSE_FAILED", 200), ("{ absent }", "GRAPHQL_VALIDATION_FAILED", 200),
        ("query Q($a: Int!) { __typename }", "GRAPHQL_VALIDATION_FAILED", 200),
    ])
    func recordsTheCodeOfARefusedRequest(query: String, code: String, status: Int) async throws {
        let lines = try await lines { gateway async throws in
            _ = try await gateway.post(#"{"query":"\#(query)"}"#, headers: id)
        }
        #expect(lines == ["request r1 graphql - unknown [\(code)] 0 made", "exchange r1 POST /graphql \(status)"])
    }

    /// What is refused before its head could be read has a response too.
    @Test(arguments: [("BREW /graphql HTTP/1.1\r\nHost: a\r\n\r\n", 501), ("GET / HTTP/3.7\r\n\r\n", 505)])
    func recordsTheStatusOfAnUnreadableRequest(bytes: String, status: Int) async throws {
        let lines = try await lines { gateway async throws in
            let connection = try RawConnection(to: gateway.server.address)
            connection.send(bytes)
            #expect(await connection.readToEnd().contains("x-request-id: "))
        }
        #expect(lines.count == 1)
        #expect(lines[0].hasSuffix(" - - \(status)"), "\(lines)")
    }

    @Test func recordsCallAndExchangeIfAFieldFails() async throws {
        let lines = try await lines(.http(404, body: "")) { gateway async throws in
            _ = try await gateway.post(#"{"query":"{ thing(id: 1) { name } }"}"#, headers: id)
        }
        #expect(lines.last == "exchange r1 POST /graphql 200")
        #expect(lines.first == "call r1 main /things/1")
    }

    @Test func recordsEachCallOfAJSONRPCBatch() async throws {
        let lines = try await lines { gateway async throws in
            let body =
                #"[{"jsonrpc":"2.0","id":1,"method":"graphql.execute","params":{"query":"{ thing(id: 1) { name } }"}},"#
                + #"{"jsonrpc":"2.0","id":2,"method":"no"}]"#
            let headers = [(name: "Content-Type", value: "application/json")] + id
            _ = try await gateway.send("POST", "/rpc", headers: headers, body: Array(body.utf8))
        }
        #expect(
            lines == [
                "call r1 main /things/1", "request r1 rpc graphql.execute query [] 1 made",
                "request r1 rpc no unknown [METHOD_NOT_FOUND] 1 made", "exchange r1 POST /rpc 200",
            ]
        )
    }

    @Test func recordsExchangesThatNoEndpointServes() async throws {
        let lines = try await lines { gateway async throws in
            _ = try await gateway.send("GET", "/made/up", headers: id)
            _ = try await gateway.send("PUT", "/graphql/", headers: id)
        }
        #expect(lines == ["exchange r1 GET - 404", "exchange r1 PUT /graphql 405"])
    }
}
