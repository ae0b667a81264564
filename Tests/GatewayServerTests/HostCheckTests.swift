import GatewayServer
import GatewayTestSupport
import Sandbox
import Testing
import Upstream

/// Requests of pages whose site's name leads to this machine (DNS rebinding), where the gateway has keys of its own.
@Suite struct HostCheckTests {
    /// `Host`, further fields, and whether the request is executed.
    static let cases: [(host: String, fields: String, isExecuted: Bool)] = [
        ("evil.example", "", false),
        ("", "", false),
        ("256.1.1.1", "", false),
        (".localhost", "", false),
        ("evil.example:8080", "Origin: http://evil.example:8080\r\n", false),
        ("127.0.0.1.evil.example", "", false),
        ("127.0.0.1:8080", "", true),
        ("[::1]:8080", "", true),
        ("localhost:8080", "Origin: http://localhost:8080\r\n", true),
        ("gateway.example:8080", "Origin: http://gateway.example:8080\r\n", true),
        ("Gateway.Example.", "", true),
        ("127.0.0.1", "Origin: http://evil.example\r\n", false),
        ("127.0.0.1", "Origin: null\r\n", false),
        ("127.0.0.1", "Origin: https://app.example\r\n", true),
        ("evil.example", "Authorization: Bearer mine\r\n", true),
    ]

    private static let query = #"{"query":"{ thing(id: 1) { id } }"}"#
    private static let call = #"{"jsonrpc":"2.0","id":1,"method":"thing","params":{"id":"1"}}"#
    private static let list = #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#

    /// The requests of each endpoint, without their first header fields.
    private static let requests: [(path: String, request: @Sendable (String) -> String)] = [
        ("/graphql", { post("/graphql", query, $0) }),
        (
            "/graphql?",
            { fields in
                "GET /graphql?query=%7Bthing(id:1)%7Bid%7D%7D HTTP/1.1\r\nGraphQL-Preflight: 1\r\n\(fields)"
                    + "Connection: close\r\n\r\n"
            }
        ),
        ("/rpc", { post("/rpc", call, $0) }),
        ("/mcp", { post("/mcp", list, $0 + "Accept: application/json, text/event-stream\r\n") }),
        (
            "WebSocket",
            { fields in
                "GET /rpc HTTP/1.1\r\n\(fields)Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
            }
        ),
        (
            "GraphQL's WebSocket",
            { fields in
                "GET /graphql HTTP/1.1\r\n\(fields)Connection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
            }
        ),
        ("/explain", { post("/explain", query, $0) }),
    ]

    private static func post(_ path: String, _ body: String, _ fields: String) -> String {
        "POST \(path) HTTP/1.1\r\n\(fields)Content-Type: application/json\r\nConnection: close\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func noEndpointSpendsConfiguredKeysForDisallowedHosts() async throws {
        let upstream = try await ScriptedServer.start { _ in .http(body: #"{"id":"1"}"#) }
        let change: (inout GatewayUnderTest.Options) -> Void = {
            $0.configuredCredentials = [Credential(key: "configured")]
            $0.server.filters.allowedHosts = ["gateway.example"]
            $0.server.filters.crossOrigin = CrossOriginPolicy(origins: ["https://app.example"])
        }
        try await withGateway(change, upstream: upstream.baseURL) { gateway async throws in
            for (host, fields, isExecuted) in Self.cases {
                for (path, request) in Self.requests {
                    let raw = try RawConnection(to: gateway.server.address)
                    raw.send(request("Host: \(host)\r\n\(fields)"))
                    let text = await raw.read(until: "\r\n\r\n")
                    let status = isExecuted ? (path.hasSuffix("WebSocket") ? "101" : "200") : "403"
                    #expect(text.hasPrefix("HTTP/1.1 \(status) "), "\(path) for \(host) \(fields): \(text)")
                }
            }
            let raw = try RawConnection(to: gateway.server.address)
            raw.send("GET /health/live HTTP/1.1\r\nHost: evil.example\r\n\r\n")
            #expect(await raw.read(until: "\r\n").hasPrefix("HTTP/1.1 200 "))
        }
        try await upstream.shutdown()
    }

    @Test func withoutConfiguredKeysAnyHostIsAllowed() async throws {
        try await withGateway { gateway async throws in
            let raw = try RawConnection(to: gateway.server.address)
            raw.send(Self.post("/graphql", #"{"query":"{ __typename }"}"#, "Host: gateway.internal\r\n"))
            #expect(await raw.readToEnd().hasPrefix("HTTP/1.1 200 "))
        }
    }
}
