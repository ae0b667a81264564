import GatewayServer
import GatewayTestSupport
import Testing

/// Requests byte by byte as no client library sends them: what the RFCs ask of a server is done, and nothing crashes.
@Suite struct RawRequestTests {
    private static let body = #"{"query":"{ __typename }"}"#
    private static let response = #"{"data":{"__typename":"Query"}}"#

    /// A request to `/graphql`, its parts replaced as a case wants.
    private static func request(
        _ line: String = "POST /graphql HTTP/1.1",
        host: String = "Host: a\r\n",
        type: String = "application/json",
        fields: String = "Content-Length: \(body.utf8.count)\r\n",
        body: String = body
    ) -> String {
        "\(line)\r\n\(host)Content-Type: \(type)\r\nConnection: close\r\n\(fields)\r\n\(body)"
    }

    private static let chunked = "1a\r\n\(body)\r\n0\r\n"
    private static let get = "query=%7B__typename%7D HTTP/1.1\r\nGraphQL-Preflight: 1"

    /// What is sent, the status, and a part of the response.
    static let cases: [(request: String, status: Int, part: String)] = [
        (request(), 200, response),
        // https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
        (request("POST http://a/graphql HTTP/1.1"), 200, response),
        (request("POST HTTPS://a.example:8080/graphql?x=1 HTTP/1.1"), 200, response),
        (request("GET http://a/graphql?\(get)"), 200, response),
        (request("GET http://a?\(get)"), 404, "PATH_NOT_FOUND"),
        (request("GET http://a HTTP/1.1"), 404, "PATH_NOT_FOUND"),
        (request("POST ftp://a/graphql HTTP/1.1"), 404, "PATH_NOT_FOUND"),
        (request("POST //graphql HTTP/1.1"), 404, "PATH_NOT_FOUND"),
        // https://www.rfc-editor.org/rfc/rfc9112#section-3.2-6
        (request(host: ""), 400, "Host"),
        (request(host: "Host: a\r\nHost: b\r\n"), 400, "Host"),
        (request(host: "Host:\r\n"), 200, response),
        (request(host: "Host: a b/c@d\r\n"), 400, "value of Host"),
        (request(host: "Host: user@a\r\n"), 400, "value of Host"),
        (request(host: "Host: a/b\r\n"), 400, "value of Host"),
        (request(host: "Host: a:b\r\n"), 400, "value of Host"),
        (request(host: "Host: [::1\r\n"), 400, "value of Host"),
        (request(host: "Host: [::1]:8080\r\n"), 200, response),
        (request("POST /graphql HTTP/1.0", host: "Host: a b\r\n"), 400, "value of Host"),
        (request("POST /graphql HTTP/1.0", host: ""), 200, response),
        // https://www.rfc-editor.org/rfc/rfc9112#section-6.1
        (request(fields: "Transfer-Encoding: chunked\r\n", body: "\(chunked)\r\n"), 200, response),
        (request(fields: "Transfer-Encoding: Chunked\r\n", body: "\(chunked)Trailer: x\r\n\r\n"), 200, response),
        (request(fields: "Transfer-Encoding: gzip, chunked\r\n", body: "\(chunked)\r\n"), 501, "transfer coding"),
        (request(fields: "Transfer-Encoding: chunked, chunked\r\n", body: "\(chunked)\r\n"), 400, "BAD_REQUEST"),
        (
            request(fields: "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", body: "\(chunked)\r\n"), 400,
            "BAD_REQUEST"
        ),
        (request(fields: "Transfer-Encoding: chunked\r\n", body: "zz\r\n"), 400, "BAD_REQUEST"),
        (
            request("POST /graphql HTTP/1.0", fields: "Transfer-Encoding: chunked\r\n", body: "\(chunked)\r\n"), 400,
            "HTTP/1.0 has no transfer coding"
        ),
        (request(fields: "Content-Length: 3\r\nContent-Length: 4\r\n"), 400, "BAD_REQUEST"),
        (request(fields: "Content-Length: 99999999999999999999\r\n"), 400, "BAD_REQUEST"),
        (request(fields: "Content-Length: 9999999999\r\n"), 413, "PAYLOAD_TOO_LARGE"),
        // https://www.rfc-editor.org/rfc/rfc9112#section-5
        (request(fields: "X : a\r\n"), 400, "BAD_REQUEST"),
        (request(fields: "X: a\r\n b\r\n"), 400, "BAD_REQUEST"),
        (request(fields: "X: a\u{0}b\r\n"), 400, "BAD_REQUEST"),
        // https://www.rfc-editor.org/rfc/rfc9110#section-5.5-3
        (request(type: "application/json\t"), 200, response),
        (request(type: "\t application/json \t "), 200, response),
        (request(host: "Host: a\t\r\n"), 200, response),
        (request(host: "Host:\ta\tb\r\n"), 400, "value of Host"),
        (request(fields: "Content-Encoding: identity\t\r\nContent-Length: 26\r\n"), 200, response),
        // NIO's parser takes no tab behind what the length of a body is read from.
        (request(fields: "Content-Length: 26\t\r\n"), 400, "BAD_REQUEST"),
        (request(fields: "Transfer-Encoding: chunked\t\r\n", body: "\(chunked)\r\n"), 400, "BAD_REQUEST"),
        // Other protocols.
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "version of HTTP"),
        ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}", 400, "BAD_REQUEST"),
        (request("POST /graphql RTSP/1.1"), 400, "BAD_REQUEST"),
        (request("POST /graphql RTSP/1.0"), 400, "BAD_REQUEST"),
        (request("POST /graphql  RTSP/2.0"), 400, "BAD_REQUEST"),
        (request("SOURCE /graphql ICE/1.1"), 400, "BAD_REQUEST"),
        (request("POST /graphql X/1.1"), 400, "BAD_REQUEST"),
        (request("POST /graphql http/1.1"), 400, "BAD_REQUEST"),
        (request(fields: "X: POST /graphql RTSP/1.1 HTTP/2.0\r\nContent-Length: 26\r\n"), 200, response),
        // https://www.rfc-editor.org/rfc/rfc9110#section-2.5
        (request("POST /graphql HTTP/1.2"), 200, response),
        (request("POST /graphql HTTP/1.9"), 200, response),
        (request("POST /graphql HTTP/1.2", host: ""), 400, "Host"),
        (request("POST /graphql HTTP/1.10"), 400, "BAD_REQUEST"),
        (request("POST /graphql HTTP/1.22"), 400, "BAD_REQUEST"),
        (request("POST /graphql HTTP/2"), 400, "BAD_REQUEST"),
        (request("POST /graphql HTTP/x.1"), 400, "BAD_REQUEST"),
        (request("POST /graphql HTTP/0.9"), 505, "version of HTTP"),
        (request("POST /graphql HTTP/2.0"), 505, "version of HTTP"),
        (request("POST /graphql HTTP/3.0"), 505, "version of HTTP"),
        (request("FOO /graphql HTTP/3.0"), 505, "version of HTTP"),
        (request("FOO /graphql HTTP/1.2"), 501, "method"),
        (request("F(O /graphql HTTP/1.1"), 400, "BAD_REQUEST"),
        (request(" FOO /graphql HTTP/1.1"), 400, "BAD_REQUEST"),
        ("FOO\r\n\r\n", 400, "BAD_REQUEST"),
        // https://www.rfc-editor.org/rfc/rfc9110#section-9.1
        (request("FOO /graphql HTTP/1.1"), 501, "method"),
        (request("\r\nFOO /graphql HTTP/1.1"), 501, "method"),
        (request("post /graphql HTTP/1.1"), 501, "method"),
        (request("GETS /graphql HTTP/1.1"), 501, "method"),
        (request("PROPFIND /graphql HTTP/1.1", fields: "", body: ""), 405, "METHOD_NOT_ALLOWED"),
        (request("CONNECT a:80 HTTP/1.1", fields: "", body: ""), 404, "PATH_NOT_FOUND"),
        (request("TRACE /graphql HTTP/1.1", fields: "", body: ""), 405, "METHOD_NOT_ALLOWED"),
        // Bodies.
        (request(fields: "Content-Length: 29\r\n", body: "\u{FEFF}\(body)"), 200, response),
        (request(fields: "Content-Length: 0\r\n", body: ""), 400, "empty"),
        (request(fields: "Content-Encoding: gzip\r\nContent-Length: 26\r\n"), 400, "gzip"),
        (request(fields: "Content-Encoding: br\r\nContent-Length: 26\r\n"), 415, "gzip"),
        // A slash at the end of a path.
        (request("POST /graphql/ HTTP/1.1"), 200, response),
        (request("POST /graphql// HTTP/1.1"), 404, "PATH_NOT_FOUND"),
    ]

    @Test func rawRequestsGetTheirResponses() async throws {
        try await withGateway { gateway async throws in
            for (request, status, part) in Self.cases {
                let raw = try RawConnection(to: gateway.server.address)
                raw.send(request)
                raw.finishSending()
                let text = await raw.readToEnd()
                #expect(text.hasPrefix("HTTP/1.1 \(status) "), "\(request.debugDescription): \(text.debugDescription)")
                #expect(text.contains(part), "\(request.debugDescription): \(text.debugDescription)")
            }
            // It still serves.
            #expect(try await gateway.post(Self.body).text == Self.response)
        }
    }

    /// Requests without a body, the status, and whether the response names the request by an id.
    static let heads: [(request: String, status: Int)] = [
        // https://www.rfc-editor.org/rfc/rfc9112#section-3-4
        ("GET /\(String(repeating: "a", count: 70_000)) HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        ("GET /graphql?query=\(String(repeating: "a", count: 200_000))", 414),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 70_000))\r\n\r\n", 431),
        ("GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: "X: a\r\n", count: 20_000))\r\n", 431),
        ("FOO / HTTP/1.1\r\nHost: a\r\n\r\n", 501), ("GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505), ("?\r\n\r\n", 400),
        // https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
        ("GET /openrpc.json HTTP/1.1\r\nHost: a\r\nConnection: close\r\nIf-Match: \"x\"\r\n\r\n", 412),
        ("GET /openrpc.json HTTP/1.1\r\nHost: a\r\nConnection: close\r\nIf-Match: W/\"x\", \"y\"\r\n\r\n", 412),
        ("GET /openrpc.json HTTP/1.1\r\nHost: a\r\nConnection: close\r\nIf-Match: *\r\n\r\n", 200),
    ]

    @Test(arguments: heads.indices) func headsThatAreRefusedHaveAnID(index: Int) async throws {
        let (request, status) = Self.heads[index]
        try await withGateway { gateway async throws in
            let raw = try RawConnection(to: gateway.server.address)
            raw.send(request)
            let text = await raw.readToEnd()
            #expect(text.hasPrefix("HTTP/1.1 \(status) "), "\(text.prefix(200))")
            #expect(text.contains("\r\nx-request-id: "))
        }
    }

    // https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1
    @Test(arguments: ["100-continue", "100-Continue, x", "x, 100-continue", "x\r\nExpect: 100-continue"])
    func continueIsSentBesideOtherExpectations(value: String) async throws {
        try await withGateway { gateway async throws in
            let raw = try RawConnection(to: gateway.server.address)
            raw.send(Self.request(fields: "Expect: \(value)\r\nContent-Length: \(Self.body.utf8.count)\r\n", body: ""))
            #expect(await raw.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100 "))
            raw.send(Self.body)
            #expect(await raw.readToEnd().hasSuffix(Self.response))
        }
    }

    /// What follows a request whose body has a stated length is another request, and ends the connection if it is none.
    @Test func anUnknownMethodBehindARequestEndsTheConnection() async throws {
        try await withGateway { gateway async throws in
            let raw = try RawConnection(to: gateway.server.address)
            let fields = "Host: a\r\nContent-Type: application/json\r\nContent-Length: \(Self.body.utf8.count)\r\n\r\n"
            raw.send("POST /graphql HTTP/1.1\r\n\(fields)\(Self.body)")
            #expect(await raw.read(until: Self.response).hasPrefix("HTTP/1.1 200 "))
            raw.send("FOO /graphql HTTP/1.1\r\n\(fields)\(Self.body)POST /graphql HTTP/1.1\r\n\(fields)\(Self.body)")
            let rest = await raw.readToEnd()
            #expect(rest.hasPrefix("HTTP/1.1 501 "))
            #expect(!rest.contains("HTTP/1.1 200"))
        }
    }

    @Test func aHeadRequestHasNoBody() async throws {
        try await withGateway { gateway async throws in
            for path in ["/health/live", "/graphql", "/unknown"] {
                let raw = try RawConnection(to: gateway.server.address)
                raw.send("HEAD \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                #expect(await raw.readToEnd().hasSuffix("\r\n\r\n"))
            }
        }
    }

    /// The version, fields that say how long the connection stays, and whether it does.
    static let connections: [(version: String, fields: String, staysOpen: Bool)] = [
        ("1.1", "", true), ("1.1", "Connection: keep-alive\r\n", true), ("1.1", "Connection: x\r\n", true),
        ("1.1", "Connection: close\r\n", false), ("1.1", "Connection: Close\t\r\n", false),
        ("1.1", "Connection: Keep-Alive, close\r\n", false), ("1.1", "Connection: close, Keep-Alive\r\n", false),
        ("1.1", "Connection: keep-alive\r\nConnection: x ,\tCLOSE\r\n", false),
        ("1.2", "", true), ("1.2", "Connection: close\r\n", false),
        ("1.0", "", false), ("1.0", "Connection: Keep-Alive\r\n", true),
        ("1.0", "Connection: x, Keep-Alive\r\n", true), ("1.0", "Connection: close\r\n", false),
        ("1.0", "Connection: Keep-Alive, close\r\n", false), ("1.0", "Connection: close, Keep-Alive\r\n", false),
        ("1.0", "Connection: close\r\nConnection: Keep-Alive\r\n", false),
        ("1.0", "Connection: Keep-Alive\r\nConnection: close\r\n", false),
    ]

    @Test func closeOverridesOtherConnectionOptions() async throws {
        try await withGateway { gateway async throws in
            for (version, fields, staysOpen) in Self.connections {
                let raw = try RawConnection(to: gateway.server.address)
                let request =
                    "POST /graphql HTTP/\(version)\r\nHost: a\r\nContent-Type: application/json\r\n\(fields)"
                    + "Content-Length: \(Self.body.utf8.count)\r\n\r\n\(Self.body)"
                raw.send(request)
                let text = await raw.read(until: Self.response)
                #expect(text.contains("connection: close\r\n") == !staysOpen, "\(version) \(fields)")
                guard staysOpen else {
                    #expect(await raw.readToEnd() == "", "\(version) \(fields)")
                    continue
                }
                raw.send(request)
                #expect(await raw.read(until: Self.response).hasPrefix("HTTP/1.1 200 "), "\(version) \(fields)")
            }
        }
    }

    @Test func anOldClientMayKeepItsConnection() async throws {
        try await withGateway { gateway async throws in
            let raw = try RawConnection(to: gateway.server.address)
            let request =
                "POST /graphql HTTP/1.0\r\nConnection: keep-alive\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(Self.body.utf8.count)\r\n\r\n\(Self.body)"
            for _ in 1...3 {
                raw.send(request)
                let text = await raw.read(until: Self.response)
                #expect(text.hasSuffix(Self.response))
                #expect(text.lowercased().contains("connection: keep-alive"))
            }
        }
    }
}
