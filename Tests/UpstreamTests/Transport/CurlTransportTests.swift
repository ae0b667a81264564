import Testing
import Upstream

@Suite struct CurlTransportTests {
    @Test func sendsTheRequestAsItStands() async throws {
        let server = try SocketServer(answering: response("{}"))
        var configuration = CurlTransportConfiguration()
        configuration.userAgent = "tests/1"
        try await withTransport(to: server, configuration) { transport in
            let headers = [(name: "Authorization", value: "Bearer key"), (name: "X-Empty", value: "")]
            let outcome = await transport.outcome("GET", server.url("/a/../b%2F?x=1&y=%20"), headers: headers)
            #expect(outcome == .response(200, "{}"))
        }
        let lines = [
            "GET /a/../b%2F?x=1&y=%20 HTTP/1.1", "Host: 127.0.0.1:\(server.port)", "Accept: */*",
            "Authorization: Bearer key", "X-Empty:", "User-Agent: tests/1", "Accept-Encoding: gzip",
        ]
        let expected = ReceivedRequest(connection: 1, head: lines.joined(separator: "\r\n"), body: [])
        #expect(server.requests == [expected])
    }

    @Test(arguments: [
        ("", "/"), ("?a=1", "/?a=1"), ("/", "/"), ("/x?u=http://y/z", "/x?u=http://y/z"), ("//x", "//x"),
    ])
    func completesTheTarget(rest: String, target: String) async throws {
        let server = try SocketServer(answering: response(""))
        try await withTransport(to: server) { transport in
            #expect(await transport.outcome("GET", server.url(rest)) == .response(200, ""))
        }
        #expect(server.requests.map { $0.lines.first } == ["GET \(target) HTTP/1.1"])
    }

    @Test(arguments: ["POST", "PUT", "PATCH", "DELETE"], ["{\"a\":1}", "", nil])
    func sendsWrites(method: String, body: String?) async throws {
        let server = try SocketServer(answering: response("done"))
        try await withTransport(to: server) { transport in
            let bytes = body.map { Array($0.utf8) }
            let headers = [(name: "Content-Type", value: "application/json")]
            #expect(
                await transport.outcome(method, server.url(), headers: headers, body: bytes) == .response(200, "done")
            )
            // The handle is used again, and nothing of the write must be left on it.
            #expect(await transport.outcome("GET", server.url()) == .response(200, "done"))
        }
        let hasLength = method != "DELETE" || body != nil
        let lengths = server.requests.map { request in request.lines.filter { $0.hasPrefix("Content-Length:") } }
        #expect(lengths == [hasLength ? ["Content-Length: \(body?.utf8.count ?? 0)"] : [], []])
        #expect(server.requests.map(\.lines.first) == ["\(method) / HTTP/1.1", "GET / HTTP/1.1"])
        #expect(server.requests.map(\.body) == [Array((body ?? "").utf8), []])
        let types = server.requests.map { request in request.lines.filter { $0.hasPrefix("Content-Type:") } }
        #expect(types == [["Content-Type: application/json"], []])
    }

    @Test func sendsALargeBodyWithoutExpectingContinue() async throws {
        let body = [UInt8](repeating: 7, count: 3 << 20)
        let server = try SocketServer(answering: response("ok"))
        try await withTransport(to: server) { transport in
            #expect(await transport.outcome("POST", server.url(), body: body) == .response(200, "ok"))
        }
        #expect(server.requests.map { $0.body == body } == [true])
        #expect(
            server.requests.flatMap(\.lines).filter { $0.hasPrefix("Expect") || $0.hasPrefix("Content-Type") } == []
        )
    }

    @Test func keepsTheConnection() async throws {
        let server = try SocketServer(answering: response("ok"))
        try await withTransport(to: server) { transport in
            for _ in 0..<20 { #expect(await transport.outcome("GET", server.url()) == .response(200, "ok")) }
        }
        #expect(server.requests.map(\.connection) == Array(repeating: 1, count: 20))
    }

    @Test func returnsResultsInTheOrderOfTheRequests() async throws {
        let server = try SocketServer { peer in
            while let request = peer.readRequest() {
                peer.write(response(String(request.lines[0].split(separator: " ")[1])))
            }
        }
        try await withTransport(to: server) { transport in
            let paths = (0..<100).map { "/\($0)" }
            let requests = paths.map { TransportRequest(url: server.url($0), timeout: .seconds(120)) }
            let outcomes = await transport.send(requests).map { Outcome($0) }
            #expect(outcomes == paths.map { .response(200, $0) })
            #expect(await transport.send([]).isEmpty)
        }
        #expect(server.requests.count == 100)
    }

    @Test func servesManyCallersAtOnce() async throws {
        let server = try SocketServer(answering: response("ok"))
        try await withTransport(to: server) { transport in
            let outcomes = try await withThrowingTaskGroup(of: [Outcome].self) { group in
                for _ in 0..<25 {
                    group.addTask {
                        let request = TransportRequest(url: server.url(), timeout: .seconds(120))
                        return await transport.send(Array(repeating: request, count: 4)).map { Outcome($0) }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(outcomes == Array(repeating: .response(200, "ok"), count: 100))
        }
    }

    @Test func sendsTheWholeURLToAProxy() async throws {
        let server = try SocketServer(answering: response("ok"))
        var configuration = CurlTransportConfiguration()
        configuration.connection = UpstreamConnection(proxy: .url(server.url()))
        try await withTransport(to: server, configuration) { transport in
            #expect(await transport.outcome("GET", "http://upstream.invalid/a?b") == .response(200, "ok"))
        }
        #expect(
            server.requests.map { $0.lines.prefix(2) } == [
                ["GET http://upstream.invalid/a?b HTTP/1.1", "Host: upstream.invalid"]
            ]
        )
    }

    @Test func requestsWithAndWithoutAProxyShareNoConnection() async throws {
        let proxy = try SocketServer(answering: response("proxy"))
        defer { proxy.stop() }
        let server = try SocketServer(answering: response("server"))
        let proxied = UpstreamConnection(proxy: .url(proxy.url()))
        try await withTransport(to: server) { transport in
            for (path, connection) in [("/a", proxied), ("/b", nil), ("/c", proxied), ("/d", nil), ("/e", proxied)] {
                let request = TransportRequest(
                    url: server.url(path),
                    timeout: .seconds(120),
                    connection: connection
                )
                let outcome = try await transport.send(request)
                #expect(Outcome(outcome) == .response(200, connection == nil ? "server" : "proxy"))
            }
        }
        #expect(proxy.requests.map(\.lines.first) == ["/a", "/c", "/e"].map { "GET \(server.url($0)) HTTP/1.1" })
        #expect(server.requests.map(\.lines.first) == ["GET /b HTTP/1.1", "GET /d HTTP/1.1"])
    }

    @Test func aTunnelIsAskedForWhereTheUpstreamSpeaksTLS() async throws {
        let proxy = try SocketServer(answering: "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        let request = TransportRequest(
            url: "https://upstream.invalid/a?b",
            timeout: .seconds(120),
            connection: UpstreamConnection(proxy: .url(proxy.url()))
        )
        try await withTransport(to: proxy) { transport in
            let outcome = try await transport.send(request)
            #expect(throws: TransportError.self) { try outcome.get() }
        }
        #expect(proxy.requests.map(\.lines.first) == ["CONNECT upstream.invalid:443 HTTP/1.1"])
    }

    @Test(arguments: [301, 302, 307, 401, 404, 429, 500])
    func returnsEveryStatusAsAResponse(status: Int) async throws {
        let text =
            "HTTP/1.1 \(status) X\r\nLocation: http://127.0.0.1:1/\r\nWWW-Authenticate: Basic\r\nContent-Length: 1\r\n\r\n!"
        let server = try SocketServer(answering: text)
        try await withTransport(to: server) { transport in
            #expect(await transport.outcome("GET", server.url()) == .response(status, "!"))
        }
        #expect(server.requests.count == 1)
    }

    @Test func keepsNoCookies() async throws {
        let server = try SocketServer(answering: response("", "Set-Cookie: session=1"))
        try await withTransport(to: server) { transport in
            for _ in 0..<2 { #expect(await transport.outcome("GET", server.url()) == .response(200, "")) }
        }
        #expect(server.requests.flatMap(\.lines).filter { $0.hasPrefix("Cookie") } == [])
        #expect(server.requests.count == 2)
    }

    @Test func givesTheHeadersOfTheFinalResponse() async throws {
        let early = "HTTP/1.1 103 Early Hints\r\nX-Which: early\r\n\r\n"
        let chunked = "HTTP/1.1 200 OK\r\nX-Which: final\r\nx-which: again\r\nTransfer-Encoding: chunked\r\n\r\n"
        let server = try SocketServer(answering: early + chunked + "3\r\nabc\r\n0\r\nX-Which: trailer\r\n\r\n")
        try await withTransport(to: server) { transport in
            let response = try await transport.send(TransportRequest(url: server.url(), timeout: .seconds(120))).get()
            #expect(response.status == 200)
            #expect(response.headers.all("X-WHICH") == ["final", "again"])
            #expect(response.body == Array("abc".utf8))
        }
    }

    @Test(arguments: [true, false])
    func asksForCompressionOnlyIfConfigured(accepts: Bool) async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(Compressed.document.count)\r\n\r\n"
        let server = try SocketServer(answering: Array(head.utf8) + Compressed.document)
        var configuration = CurlTransportConfiguration()
        configuration.acceptsCompression = accepts
        try await withTransport(to: server, configuration) { transport in
            let response = try await transport.send(TransportRequest(url: server.url(), timeout: .seconds(120))).get()
            #expect(response.body == (accepts ? Array("{\"compressed\":true}".utf8) : Compressed.document))
        }
        let fields = server.requests.flatMap(\.lines).filter { $0.hasPrefix("Accept-Encoding") }
        #expect(fields == (accepts ? ["Accept-Encoding: gzip"] : []))
    }
}
