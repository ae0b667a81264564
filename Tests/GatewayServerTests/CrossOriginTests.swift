import GatewayServer
import GatewayTestSupport
import Testing
import Upstream

/// Requests that browsers send for pages of other sites.
@Suite struct CrossOriginTests {
    static let query = "query=%7B__typename%7D"

    /// Header fields of a GET and whether it is served.
    static let gets: [(headers: Headers, isServed: Bool)] = [
        ([("Accept", "application/json")], true),
        ([("Accept", "application/graphql-response+json")], true),
        ([("Accept", "*/*")], false),
        ([("Accept", "text/html,*/*;q=0.8")], false),
        ([("Accept", "*/*"), ("GraphQL-Preflight", "1")], true),
        ([("Accept", "*/*"), ("Apollo-Require-Preflight", "true")], true),
        ([("Accept", "*/*"), ("X-Apollo-Operation-Name", "A")], true),
        ([("Accept", "*/*"), ("Content-Type", "application/json")], true),
        ([("Accept", "*/*"), ("Content-Type", "text/plain")], false),
        ([("Accept", "*/*"), ("Authorization", "Bearer k")], true),
        ([("Accept", "*/*"), ("Authorization", "Basic k")], false),
        ([("Accept", "application/json"), ("Sec-Fetch-Site", "cross-site")], false),
        ([("Accept", "application/json"), ("Sec-Fetch-Site", "same-site")], false),
        ([("Accept", "application/json"), ("Sec-Fetch-Site", "same-origin")], true),
        ([("Accept", "application/json"), ("Origin", "https://evil.example")], false),
        ([("Accept", "application/json"), ("Origin", "https://app.example"), ("Sec-Fetch-Site", "cross-site")], true),
        ([("Accept", "application/json"), ("Origin", "null")], false),
    ]

    @Test func refusesGETsThatAPageOfAnotherSiteCouldSend() async throws {
        try await withGateway {
            $0.server.filters.crossOrigin = CrossOriginPolicy(origins: ["https://app.example"])
        } _: { gateway async throws in
            for (headers, isServed) in Self.gets {
                let response = try await gateway.get(Self.query, headers: headers)
                #expect(response.status == (isServed ? 200 : 400), "\(headers)")
                #expect(response.code == (isServed ? nil : "CSRF_PREVENTED"), "\(headers)")
            }
        }
    }

    @Test func pagesMayReadTheFieldsThatStateWhatToDoNext() async throws {
        try await withGateway {
            $0.server.filters.crossOrigin = CrossOriginPolicy(origins: ["https://app.example"])
        } _: { gateway async throws in
            let headers = [("Accept", "application/json"), ("Origin", "https://app.example")]
            let response = try await gateway.get(Self.query, headers: headers.map { (name: $0.0, value: $0.1) })
            #expect(
                response.headers.first("access-control-expose-headers")
                    == "ETag, Idempotent-Replayed, Mcp-Session-Id, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-ID"
            )
        }
    }

    /// What a page of another origin wants to send, and what it may.
    @Test(arguments: [
        ("/mcp", "DELETE", "mcp-session-id,mcp-protocol-version,last-event-id", "GET, POST, DELETE"),
        (
            "/graphql", "POST", "idempotency-key,x-request-id,traceparent,tracestate,gateway-report,workspace-key",
            "GET, POST"
        ),
        ("/rpc", "POST", "authorization,content-type", "GET, POST"),
    ])
    func pagesMaySendTheFieldsOfEachProtocol(path: String, method: String, fields: String, methods: String) async throws
    {
        try await withGateway {
            $0.server.filters.crossOrigin = CrossOriginPolicy(origins: ["https://app.example"])
        } _: { gateway async throws in
            let raw = try RawConnection(to: gateway.server.address)
            raw.send(
                "OPTIONS \(path) HTTP/1.1\r\nHost: localhost\r\nOrigin: https://app.example\r\nConnection: close\r\n"
                    + "Access-Control-Request-Method: \(method)\r\nAccess-Control-Request-Headers: \(fields)\r\n\r\n"
            )
            let text = await raw.readToEnd()
            #expect(text.contains("\r\naccess-control-allow-methods: \(methods)\r\n"), "\(text)")
            #expect(text.contains("\r\naccess-control-allow-headers: \(fields)\r\n"), "\(text)")
        }
    }

    @Test func pagesMayReadRefusalsOfWhatTheEndpointNeverSees() async throws {
        try await withGateway {
            $0.server.filters.crossOrigin = CrossOriginPolicy(origins: ["https://app.example"])
            $0.server.maximumBodyBytes = 10
        } _: { gateway async throws in
            let origin = (name: "Origin", value: "https://app.example")
            let response = try await gateway.post(#"{"query":"{ __typename }"}"#, headers: [origin])
            #expect(response.status == 413)
            #expect(response.headers.all("access-control-allow-origin") == ["https://app.example"])
        }
    }

    @Test func csrfPreventionCanBeTurnedOff() async throws {
        try await withGateway {
            $0.server.filters.preventsCrossSiteRequests = false
        } _: { gateway async throws in
            #expect(try await gateway.get(Self.query, headers: [("Accept", "*/*")]).status == 200)
        }
    }

    @Test func allowsConfiguredOriginsAndNoOthers() async throws {
        try await withGateway {
            $0.server.filters.crossOrigin = CrossOriginPolicy(origins: ["https://app.example"], maximumAge: 60)
        } _: { gateway async throws in
            let allowed = try await Self.preflight(gateway, origin: "https://app.example")
            #expect(allowed.hasPrefix("HTTP/1.1 204 No Content\r\n"))
            #expect(allowed.contains("\r\naccess-control-allow-origin: https://app.example\r\n"))
            #expect(allowed.contains("\r\naccess-control-allow-methods: GET, POST\r\n"))
            #expect(allowed.contains("\r\naccess-control-allow-headers: content-type,authorization\r\n"))
            #expect(allowed.contains("\r\naccess-control-max-age: 60\r\n"))
            #expect(allowed.contains("\r\nvary: Origin"))
            let other = try await Self.preflight(gateway, origin: "https://evil.example")
            #expect(!other.contains("access-control-"))
            #expect(other.contains("\r\nvary: Origin"))
            for (origin, expected) in [("https://app.example", "https://app.example"), ("https://evil.example", nil)] {
                let response = try await gateway.post(#"{"query":"{ __typename }"}"#, headers: [("Origin", origin)])
                #expect(response.status == 200)
                #expect(response.headers.first("access-control-allow-origin") == expected)
                let vary = "Authorization, Workspace-Key, Gateway-Report, Accept, Accept-Encoding, Origin"
                #expect(response.headers.all("vary") == [vary])
            }
        }
    }

    /// A page of a name that its owner lets lead here is of the gateway's origin for a browser.
    @Test(arguments: [
        ("evil.example:8080", false), ("evil.example", false), ("127.0.0.1.evil.example", false),
        ("localhost.evil", false),
        ("localhost:8080", true), ("LOCALHOST", true), ("app.localhost", true), ("127.0.0.1:8080", true),
        ("[::1]:8080", true),
    ])
    func onlyLocalHostsAreTheGatewaysOwnOrigin(host: String, isAllowed: Bool) async throws {
        try await withGateway { gateway async throws in
            for path in ["/mcp", "/rpc"] {
                let raw = try RawConnection(to: gateway.server.address)
                let message = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
                let common = "HTTP/1.1\r\nHost: \(host)\r\nOrigin: http://\(host)\r\nConnection: "
                let fields =
                    path == "/rpc"
                    ? "Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
                    : "close\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
                        + "Content-Length: \(message.utf8.count)\r\n\r\n\(message)"
                raw.send("\(path == "/rpc" ? "GET" : "POST") \(path) \(common)\(fields)")
                let text = await raw.read(until: "\r\n")
                let status = isAllowed ? (path == "/rpc" ? 101 : 200) : 403
                #expect(text.hasPrefix("HTTP/1.1 \(status) "), "\(path): \(text)")
            }
        }
    }

    @Test func noOriginIsAllowedByDefault() async throws {
        try await withGateway { gateway async throws in
            let response = try await Self.preflight(gateway, origin: "https://app.example")
            #expect(response.hasPrefix("HTTP/1.1 204 No Content\r\n"))
            #expect(!response.contains("access-control-"))
            #expect(response.contains("\r\nallow: GET, POST, OPTIONS\r\n"))
        }
    }

    /// The preflight request that a browser sends for a page, and the response.
    private static func preflight(_ gateway: GatewayUnderTest, origin: String) async throws -> String {
        let raw = try RawConnection(to: gateway.server.address)
        raw.send(
            "OPTIONS /graphql HTTP/1.1\r\nHost: a\r\nOrigin: \(origin)\r\nAccess-Control-Request-Method: POST\r\n"
                + "Access-Control-Request-Headers: content-type,authorization\r\nConnection: close\r\n\r\n"
        )
        return await raw.readToEnd()
    }
}
