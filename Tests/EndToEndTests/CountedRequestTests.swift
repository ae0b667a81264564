import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// What counts against a client's requests in a minute.
@Suite struct CountedRequestTests {
    /// Lends a gateway that allows each client so many requests in a minute.
    private func run(requests: Int, _ body: (GatewayUnderTest) async throws -> Void) async throws {
        var options = GatewayUnderTest.Options()
        options.limits.client = ClientLimits(requestsPerMinute: requests)
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox async throws in
            try await sandbox.withGateway(options: options, body)
        }
    }

    private static func post(
        _ path: String,
        _ body: String,
        accept: String? = nil,
        on gateway: GatewayUnderTest
    ) async throws -> GatewayUnderTest.Response {
        let accepted = accept.map { [(name: "Accept", value: $0)] } ?? []
        let headers = [(name: "Content-Type", value: "application/json")] + accepted
        return try await gateway.send("POST", path, headers: headers, body: Array(body.utf8))
    }

    private static func message(_ method: String, _ params: String = "{}") -> String {
        #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":\#(params)}"#
    }

    static let requestsOfMCP = [
        message("initialize", #"{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t"}}"#),
        message("ping"), message("tools/list"), message("resources/list"), message("resources/templates/list"),
        message("nothing"), message("ping", "[1]"), message("tools/call", "[1]"),
        message("tools/call", #"{"name":"nothing"}"#), message("resources/read"), message("resources/subscribe"),
        "{", "[]", "1",
    ]

    @Test(arguments: requestsOfMCP) func requestsOfMCPCount(message: String) async throws {
        try await run(requests: 2) { gateway async throws in
            for _ in 0..<2 {
                let response = try await Self.post("/mcp", message, on: gateway)
                #expect(response.code != "RATE_LIMITED", "\(response.text)")
            }
            let refused = try await Self.post("/mcp", message, on: gateway)
            #expect(refused.code == "RATE_LIMITED", "\(refused.text)")
            let ping = try await Self.post("/mcp", Self.message("ping"), on: gateway)
            #expect(try ping.json()["error"]?["data"]?["retryAfter"]?.intValue != nil, "\(ping.text)")
        }
    }

    static let malformed: [(path: String, body: String, accept: String?)] = [
        ("/graphql", "{", nil), ("/graphql", #"{"query":1}"#, nil), ("/graphql", "{", "text/event-stream"),
        ("/explain", "{", nil), ("/explain", "[]", nil), ("/rpc", "{", nil), ("/rpc", "1", nil),
    ]

    @Test(arguments: malformed)
    func malformedBodiesCount(path: String, body: String, accept: String?) async throws {
        try await run(requests: 2) { gateway async throws in
            for remaining in [1, 0] {
                let response = try await Self.post(path, body, accept: accept, on: gateway)
                #expect(response.status == (path == "/rpc" ? 200 : 400), "\(response.text)")
                let field = response.headers.first("ratelimit")
                #expect(field?.hasPrefix("\"requests\";r=\(remaining);t=") == true, "\(field ?? "")")
            }
            let refused = try await Self.post(path, body, accept: accept, on: gateway)
            #expect(refused.status == (path == "/rpc" ? 200 : 429), "\(refused.text)")
            #expect(refused.headers.first("retry-after") != nil)
            #expect(refused.code == "RATE_LIMITED", "\(refused.text)")
        }
    }

    @Test func requestsOfABatchCountAlthoughTheyAreMalformed() async throws {
        var options = GatewayUnderTest.Options()
        options.limits.client = ClientLimits(requestsPerMinute: 2)
        options.server.graphQL.maximumBatch = 3
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox async throws in
            try await sandbox.withGateway(options: options) { gateway async throws in
                let batch = #"[{"query":1},{"query":"{ __typename }"},1]"#
                let response = try await Self.post("/graphql", batch, on: gateway)
                let codes = try response.json().arrayValue?.map { $0["errors"]?[0]?["extensions"]?["code"] }
                #expect(codes == ["BAD_USER_INPUT", nil, "RATE_LIMITED"], "\(response.text)")
            }
        }
    }

    @Test func documentsHealthAndNotificationsDoNotCount() async throws {
        try await run(requests: 1) { gateway async throws in
            for path in ["/health/live", "/health/ready", "/openrpc.json"] {
                for _ in 0..<3 { #expect(try await gateway.send("GET", path).status == 200) }
            }
            let notification = #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#
            for _ in 0..<3 { #expect(try await Self.post("/mcp", notification, on: gateway).status == 202) }
            let ping = try await Self.post("/mcp", Self.message("ping"), on: gateway)
            #expect(try ping.json()["result"] == [:])
        }
    }
}

extension GatewayUnderTest.Response {
    /// The first error's code.
    fileprivate var code: JSONValue? {
        guard let body = try? json() else { return nil }
        return body["errors"]?[0]?["extensions"]?["code"] ?? body["error"]?["data"]?["code"]
    }
}
