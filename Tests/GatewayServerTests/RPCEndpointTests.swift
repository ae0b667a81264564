import ContentCodings
import GatewayTestSupport
import JSON
import Testing
import Upstream

@testable import GatewayServer

/// JSON-RPC over HTTP: what is taken, what is refused, and how.
@Suite struct RPCEndpointTests {
    typealias Response = GatewayUnderTest.Response

    static func post(_ gateway: GatewayUnderTest, _ body: String, _ headers: Headers = []) async throws -> Response {
        try await post(gateway, Array(body.utf8), headers)
    }

    static func post(_ gateway: GatewayUnderTest, _ body: [UInt8], _ headers: Headers) async throws -> Response {
        let all = headers.contains { $0.name == "Content-Type" } ? headers : headers + [json]
        return try await gateway.send("POST", "/rpc", headers: all, body: body)
    }

    static let json = (name: "Content-Type", value: "application/json")

    @Test func aCallGetsAJSONResponse() async throws {
        try await WebSocketTests.run { gateway, _ in
            for (body, expected) in [
                (call("echo", "[1]"), result("[1]")), (call("later"), result("\"later\"")),
                (call("echo", #"{"a":1.50}"#), result(#"{"a":1.50}"#)),
            ] {
                let response = try await Self.post(gateway, body)
                #expect(response.status == 200)
                #expect(response.text == expected)
                #expect(response.headers.first("content-type") == "application/json; charset=utf-8")
            }
        }
    }

    @Test func aFailedCallGets200AndTheErrorObject() async throws {
        try await WebSocketTests.run { gateway, _ in
            for body in ["{", "", "1", "{\"jsonrpc\":\"1.0\"}"] {
                let response = try await Self.post(gateway, body)
                #expect(response.status == 200)
                #expect(try response.json()["error"]?["code"]?.intValue.map { [-32700, -32600].contains($0) } == true)
            }
        }
    }

    @Test(arguments: ["echo", "later"])
    func aNotificationGets204(method: String) async throws {
        try await WebSocketTests.run { gateway, _ in
            let response = try await Self.post(gateway, #"{"jsonrpc":"2.0","method":"\#(method)"}"#)
            #expect(response.status == 204)
            #expect(response.body.isEmpty)
            #expect(response.headers.first("content-type") == nil)
        }
    }

    @Test func keysComeInHeaders() async throws {
        try await WebSocketTests.run { gateway, _ in
            let keys = [(name: "Authorization", value: "Bearer k"), (name: "Workspace-Key", value: "two k2")]
            let response = try await Self.post(gateway, call("whoami"), keys)
            #expect(response.text == result(#"{"key":true,"workspaces":["two"]}"#))
        }
    }

    /// What a POST says of its body or asks of the response, and the status and code of the refusal.
    static let refused: [(header: (name: String, value: String), status: Int, code: String)] = [
        (("Content-Type", "text/plain"), 415, "UNSUPPORTED_MEDIA_TYPE"),
        (("Content-Type", "application/x-www-form-urlencoded"), 415, "UNSUPPORTED_MEDIA_TYPE"),
        (("Content-Type", "multipart/form-data; boundary=x"), 415, "UNSUPPORTED_MEDIA_TYPE"),
        (("Content-Type", "application/json; charset=latin1"), 415, "UNSUPPORTED_MEDIA_TYPE"),
        (("Content-Encoding", "br"), 415, "UNSUPPORTED_MEDIA_TYPE"),
        (("Content-Encoding", "gzip"), 400, "BAD_REQUEST"),
        (("Accept", "text/html"), 406, "NOT_ACCEPTABLE"),
        (("Accept", "application/json;q=0"), 406, "NOT_ACCEPTABLE"),
    ]

    @Test func invalidRequestsAreRefusedWithAReason() async throws {
        try await WebSocketTests.run { gateway, _ in
            for (header, status, code) in Self.refused {
                let response = try await Self.post(gateway, call("echo"), [header])
                #expect(response.status == status, "\(header)")
                #expect(response.code == code, "\(header)")
            }
            let large = try await Self.post(gateway, String(repeating: " ", count: (1 << 20) + 1))
            #expect(large.status == 413)
            #expect(large.code == "PAYLOAD_TOO_LARGE")
        }
    }

    @Test(arguments: ["*/*", "application/*", "application/json", "text/html, application/json;q=0.1"])
    func jsonIsSentToClientsThatAcceptIt(accept: String) async throws {
        try await WebSocketTests.run { gateway, _ in
            let response = try await Self.post(gateway, call("echo"), [(name: "Accept", value: accept)])
            #expect(response.status == 200)
        }
    }

    @Test(arguments: ["GET", "PUT", "DELETE", "PATCH"])
    func otherMethodsGetAllow(method: String) async throws {
        try await WebSocketTests.run { gateway, _ in
            let response = try await gateway.send(method, "/rpc")
            #expect(response.status == 405)
            #expect(response.headers.first("allow") == "POST, OPTIONS")
            #expect(response.code == "METHOD_NOT_ALLOWED")
        }
    }

    @Test func bodiesAreCompressedBothWays() async throws {
        try await WebSocketTests.run { gateway, _ in
            let padded = call("long", "[5000]") + String(repeating: " ", count: 5000)
            let body = try #require(Gzip.compress(Array(padded.utf8)))
            let headers: Headers = [("Content-Encoding", "gzip"), ("Accept-Encoding", "gzip")]
            let response = try await Self.post(gateway, body, headers)
            // The client has decompressed the body.
            #expect(response.headers.first("content-encoding") == "gzip")
            #expect(response.text == result("\"\(String(repeating: "x", count: 5000))\""))
        }
    }

    @Test func pagesOfAllowedOriginsReadTheResponses() async throws {
        var options = HTTPServerOptions()
        options.filters.crossOrigin = CrossOriginPolicy(origins: ["https://app.example"])
        try await WebSocketTests.run(options) { gateway, _ in
            let origin = (name: "Origin", value: "https://app.example")
            let response = try await Self.post(gateway, call("echo"), [origin])
            #expect(response.headers.first("access-control-allow-origin") == "https://app.example")
            let raw = try RawConnection(to: gateway.server.address)
            raw.send(
                "OPTIONS /rpc HTTP/1.1\r\nHost: a\r\nOrigin: https://app.example\r\n"
                    + "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type\r\n\r\n"
            )
            let preflight = await raw.read(until: "\r\n\r\n")
            #expect(preflight.hasPrefix("HTTP/1.1 204 "))
            #expect(preflight.contains("access-control-allow-methods: GET, POST\r\n"))
            #expect(preflight.contains("access-control-allow-headers: content-type\r\n"))
            let other = try await Self.post(gateway, call("echo"), [(name: "Origin", value: "https://evil.example")])
            #expect(other.headers.first("access-control-allow-origin") == nil)
        }
    }

    // MARK: - Discovery

    @Test func theOpenRPCDocumentHasAnEntityTagAndIsCacheable() async throws {
        try await WebSocketTests.run { gateway, endpoint in
            let response = try await gateway.send("GET", "/openrpc.json")
            #expect(response.status == 200)
            #expect(response.body == endpoint.openRPC)
            #expect(response.mediaType == "application/json")
            #expect(response.headers.first("cache-control") == "public, max-age=300")
            let tag = try #require(response.headers.first("etag"))
            for known in [tag, "\"other\", \(tag)", "*", String(tag.dropFirst(2))] {
                let again = try await gateway.send("GET", "/openrpc.json", headers: [("If-None-Match", known)])
                #expect(again.status == 304, "\(known)")
                #expect(again.body.isEmpty, "\(known)")
                #expect(again.headers.first("etag") == tag, "\(known)")
            }
            let stale = try await gateway.send("GET", "/openrpc.json", headers: [("If-None-Match", "W/\"other\"")])
            #expect(stale.status == 200)
            #expect(try await gateway.send("POST", "/openrpc.json", body: []).status == 405)
        }
    }
}
