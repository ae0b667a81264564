import Testing
import Upstream

@Suite struct CurlTransportFailureTests {
    /// What a server sends before it closes the connection, and what the client must make of it.
    struct BrokenResponse: CustomTestStringConvertible {
        let testDescription: String
        let bytes: String
        let expected: Outcome

        init(_ description: String, _ bytes: String, _ expected: Outcome) {
            testDescription = description
            self.bytes = bytes
            self.expected = expected
        }
    }

    static let brokenResponses = [
        BrokenResponse("nothing", "", .failure(.closedEarly, sent: true)),
        BrokenResponse("half a status line", "HTTP/1.", .failure(.closedEarly, sent: true)),
        BrokenResponse("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n", .failure(.malformedResponse, sent: true)),
        BrokenResponse(
            "a status that is no number",
            "HTTP/1.1 abc OK\r\n\r\n",
            .failure(.malformedResponse, sent: true)
        ),
        BrokenResponse("half a head", "HTTP/1.1 200 OK\r\nContent-Le", .failure(.closedEarly, sent: true)),
        BrokenResponse(
            "less content than announced",
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345",
            .failure(.truncated, sent: true)
        ),
        BrokenResponse(
            "a last chunk that is missing",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
            .failure(.truncated, sent: true)
        ),
        BrokenResponse(
            "half a chunk",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nA\r\nabc",
            .failure(.truncated, sent: true)
        ),
        BrokenResponse(
            "a chunk without a size",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n",
            .failure(.truncated, sent: true)
        ),
        BrokenResponse(
            "content that is not compressed as announced",
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
            .failure(.malformedResponse, sent: true)
        ),
        BrokenResponse(
            "content up to the end of the connection",
            "HTTP/1.1 200 OK\r\n\r\nall of it",
            .response(200, "all of it")
        ),
    ]

    @Test(arguments: brokenResponses)
    func brokenResponseFailsWithItsCode(with broken: BrokenResponse) async throws {
        let server = try SocketServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.write(broken.bytes)
        }
        try await withTransport(to: server) { transport in
            let outcome = await transport.outcome("GET", server.url())
            #expect(outcome == broken.expected)
        }
        #expect(server.requests.count == 1)
    }

    @Test func ignoresContentBeyondItsAnnouncedLength() async throws {
        let server = try SocketServer { peer in
            while peer.readRequest() != nil {
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 500 Injected\r\n\r\n")
            }
        }
        try await withTransport(to: server) { transport in
            for _ in 0..<3 { #expect(await transport.outcome("GET", server.url()) == .response(200, "ok")) }
        }
        // Superfluous bytes must not become the next request's response, so each connection serves one.
        #expect(server.requests.map(\.connection) == [1, 2, 3])
    }

    @Test func reportsAConnectionThatIsReset() async throws {
        let server = try SocketServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123")
            peer.resetWhenClosed()
        }
        try await withTransport(to: server) { transport in
            #expect(await transport.outcome("GET", server.url()) == .failure(.truncated, sent: true))
        }
    }

    @Test func reportsAClosedPort() async throws {
        let transport = try CurlTransport()
        try await LoopbackSocket.withClosedPort { port in
            let outcome = await transport.outcome("POST", "http://127.0.0.1:\(port)/", body: [1])
            #expect(outcome == .failure(.couldNotConnect, sent: false))
        }
        await transport.shutDown()
    }

    @Test func reportsANameWithoutAnAddress() async throws {
        let transport = try CurlTransport()
        // A name that can never exist: https://www.rfc-editor.org/rfc/rfc6761#section-6.4
        let outcome = await transport.outcome("GET", "http://nobody.invalid/")
        #expect(outcome == .failure(.couldNotResolve, sent: false))
        await transport.shutDown()
    }

    @Test func reportsAServerWithoutTLS() async throws {
        let server = try SocketServer { peer in
            peer.write("HTTP/1.1 400 Bad Request\r\n\r\n")
            peer.waitForClose()
        }
        try await withTransport(to: server) { transport in
            let outcome = await transport.outcome("GET", "https://127.0.0.1:\(server.port)/")
            #expect(outcome == .failure(.tls, sent: false))
        }
    }

    @Test func keepsSecretsOutOfItsErrors() async throws {
        let server = try SocketServer { peer in
            guard let request = peer.readRequest() else { return }
            peer.write("HTTP/1.1 200 OK\r\nX-Echo: \(request.head)\r\nContent-Length: 9999\r\n\r\n\(request.head)")
        }
        try await withTransport(to: server) { transport in
            let request = TransportRequest(
                url: server.url("/private?token=hidden"),
                headers: [(name: "Authorization", value: "Bearer secret")],
                timeout: .seconds(120)
            )
            let expected = TransportError(
                .truncated,
                "http://127.0.0.1:\(server.port) broke off in the middle of its response.",
                requestMayHaveBeenSent: true
            )
            await #expect(throws: expected) { try await transport.send(request).get() }
        }
    }

    @Test(arguments: [
        ("http://user:secret@127.0.0.1/", [:]),
        ("http://127.0.0.1/\r\nX-Injected: secret", [:]),
        ("http://127.0.0.1/secret\u{0}", [:]),
        ("http://127.0.0.1/secret with spaces", [:]),
        ("http://127.0.0.1/secr\u{E9}t", [:]),
        ("http://127.0.0.1/#secret", [:]),
        ("http://127.0.0.1:secret/", [:]),
        ("http://127.0.0.1:99999/", [:]),
        ("http:///secret", [:]),
        ("", [:]),
        ("secret", [:]),
        ("ftp://127.0.0.1/secret", [:]),
        ("file:///secret", [:]),
        ("http://127.0.0.1/", ["X-A": "secret\r\nX-Injected: 1"]),
        ("http://127.0.0.1/", ["X-A": "secret\nX-Injected: 1"]),
        ("http://127.0.0.1/", ["X-A": "secret\u{0}"]),
        ("http://127.0.0.1/", ["X-A\r\nX-B": "secret"]),
        ("http://127.0.0.1/", ["X A": "secret"]),
        ("http://127.0.0.1/", ["": "secret"]),
        ("http://127.0.0.1/", ["X:": "secret"]),
        ("http://127.0.0.1/", ["Content-Length": "7"]),
        ("http://127.0.0.1/", ["Transfer-Encoding": "chunked"]),
        ("http://127.0.0.1/", ["Connection": "close"]),
    ])
    func invalidURLsAndHeadersAreRefused(url: String, headers: [String: String]) async throws {
        let server = try SocketServer(answering: response("ok"))
        try await withTransport(to: server) { transport in
            let request = TransportRequest(
                url: url.replacing("127.0.0.1/", with: "127.0.0.1:\(server.port)/"),
                headers: headers.map { (name: $0.key, value: $0.value) },
                timeout: .seconds(120)
            )
            let good = TransportRequest(url: server.url(), timeout: .seconds(120))
            let results = await transport.send([good, request, good])
            #expect(
                results.map { Outcome($0) } == [
                    .response(200, "ok"), .failure(.invalidRequest, sent: false), .response(200, "ok"),
                ]
            )
            if case .failure(let error) = results[1] { #expect(!error.message.contains("secret")) }
        }
        #expect(server.requests.count == 2)
    }

    @Test(arguments: ["HEAD", "get", "CONNECT", "", "GET / HTTP/1.1\r\nX:"])
    func refusesOtherMethods(method: String) async throws {
        let transport = try CurlTransport()
        let outcome = await transport.outcome(method, "http://127.0.0.1:1/")
        #expect(outcome == .failure(.invalidRequest, sent: false))
        await transport.shutDown()
    }

    @Test func refusesAGetWithABody() async throws {
        let transport = try CurlTransport()
        let outcome = await transport.outcome("GET", "http://127.0.0.1:1/", body: [])
        #expect(outcome == .failure(.invalidRequest, sent: false))
        await transport.shutDown()
    }
}
