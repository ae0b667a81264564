import GatewayServer
import GatewayTestSupport
import JSON
import Testing

/// The media types of JSON-RPC over HTTP, and refusals in JSON-RPC's own form.
@Suite struct RPCMediaTypeTests {
    private static func send(
        _ gateway: GatewayUnderTest,
        _ method: String = "POST",
        _ path: String = "/rpc",
        headers: Headers = [],
        body: String = call("echo", "[1]")
    ) async throws -> GatewayUnderTest.Response {
        let json: Headers = headers.contains { $0.name == "Content-Type" } ? [] : [("Content-Type", "application/json")]
        let content = method == "POST" ? Array(body.utf8) : nil
        return try await gateway.send(method, path, headers: json + headers, body: content)
    }

    @Test(arguments: [
        "application/json", "application/json-rpc", "application/jsonrequest", "Application/JSON-RPC; charset=utf-8",
        "application/jsonrequest;charset=\"UTF-8\"",
    ])
    func theMediaTypesOfJSONRPCAreRead(mediaType: String) async throws {
        try await WebSocketTests.run { gateway, _ in
            let response = try await Self.send(gateway, headers: [("Content-Type", mediaType)])
            #expect(response.status == 200)
            #expect(response.text == result("[1]"))
            #expect(response.mediaType == "application/json")
        }
    }

    /// Values of `Accept`, and the media type of the response.
    static let accepted: [(accept: String, mediaType: String)] = [
        ("application/json-rpc", "application/json-rpc"), ("application/jsonrequest", "application/jsonrequest"),
        ("application/json-rpc, application/json;q=0.5", "application/json-rpc"),
        ("application/json-rpc, application/json, application/jsonrequest", "application/json-rpc"),
        ("application/json, application/json-rpc", "application/json"), ("*/*", "application/json"),
        ("application/json;q=0, application/*", "application/json-rpc"), ("", "application/json"),
    ]

    @Test(arguments: accepted)
    func theResponseHasTheTypeThatIsAskedFor(accept: String, mediaType: String) async throws {
        try await WebSocketTests.run { gateway, _ in
            let response = try await Self.send(gateway, headers: [("Accept", accept)])
            #expect(response.status == 200)
            #expect(response.mediaType == mediaType)
            #expect(response.text == result("[1]"))
        }
    }

    /// Header fields of notifications, and the status of their response.
    static let notified: [(headers: Headers, status: Int)] = [
        ([], 204), ([("Accept", "application/json")], 204), ([("Accept", "*/*")], 204),
        ([("Content-Type", "application/json; charset=utf-8")], 204), ([("Accept", "application/json-rpc")], 200),
        ([("Accept", "application/jsonrequest")], 200), ([("Content-Type", "application/json-rpc")], 200),
        ([("Content-Type", "application/jsonrequest; charset=utf-8")], 200),
    ]

    /// jsonrpclib-pelix, jsonrpc-requests and jsonrpc-async take every status but 200 for an error.
    @Test(arguments: notified)
    func notificationsHaveTheStatusThatTheirClientsKnow(headers: Headers, status: Int) async throws {
        try await WebSocketTests.run { gateway, _ in
            for body in [#"{"jsonrpc":"2.0","method":"echo","params":[1]}"#, #"[{"jsonrpc":"2.0","method":"echo"}]"#] {
                let response = try await Self.send(gateway, headers: headers, body: body)
                #expect(response.status == status)
                #expect(response.text == "")
            }
        }
    }

    /// Requests that are refused, with the status and the code in `data`.
    static let refused: [(method: String, path: String, headers: Headers, status: Int, code: String)] = [
        ("GET", "/rpc", [], 405, "METHOD_NOT_ALLOWED"), ("DELETE", "/rpc/", [], 405, "METHOD_NOT_ALLOWED"),
        ("POST", "/rpc", [("Content-Type", "text/plain")], 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("POST", "/rpc", [("Content-Type", "application/json-rpc; charset=latin1")], 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("POST", "/rpc", [("Content-Encoding", "br")], 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("POST", "/rpc", [("Content-Encoding", "gzip")], 400, "BAD_REQUEST"),
        ("POST", "/rpc", [("Accept", "text/html")], 406, "NOT_ACCEPTABLE"),
        ("POST", "/rpc/issues.list", [], 404, "PATH_NOT_FOUND"),
    ]

    @Test func refusalsAreErrorObjects() async throws {
        try await WebSocketTests.run { gateway, _ in
            for (method, path, headers, status, code) in Self.refused {
                let response = try await Self.send(gateway, method, path, headers: headers)
                #expect(response.status == status, "\(method) \(path) \(headers)")
                let json = try response.json()
                #expect(json["jsonrpc"] == "2.0", "\(method) \(path) \(headers): \(response.text)")
                #expect(json["id"] == .null)
                #expect(json["error"]?["code"] == -32600)
                #expect(json["error"]?["message"]?.stringValue?.isEmpty == false)
                #expect(json["error"]?["data"] == ["code": .string(code)])
                #expect(response.mediaType == "application/json")
            }
            for length in [(1 << 20) + 1, 2 << 20] {
                let large = try await Self.send(gateway, body: String(repeating: " ", count: length))
                #expect(large.status == 413)
                #expect(try large.json()["error"]?["data"] == ["code": "PAYLOAD_TOO_LARGE"])
            }
        }
    }

    @Test(arguments: ["/graphql/", "/rpc/", "/mcp/", "/graphql/?x=1"])
    func trailingSlashIsIgnored(path: String) async throws {
        try await withGateway { gateway in
            let bodies = ["/g": #"{"query":"{ __typename }"}"#, "/r": call("rpc.discover"), "/m": call("ping", "{}")]
            let body = try #require(bodies[String(path.prefix(2))])
            let response = try await Self.send(gateway, "POST", path, body: body)
            #expect(response.status == 200, "\(response.text)")
            #expect(try response.json()["error"] == nil)
        }
    }
}
