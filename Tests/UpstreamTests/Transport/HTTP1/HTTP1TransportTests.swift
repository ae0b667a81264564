import Testing
import Upstream

/// Exchanges over cleartext HTTP/1.1 that do without libcurl.
@Suite struct HTTP1TransportTests {
    private func codings(_ server: SocketServer) -> [String] {
        server.requests.flatMap(\.lines).map(String.init).filter { $0.hasPrefix("Accept-Encoding") }
    }

    @Test func anAddressThatLibcurlHasFoundIsUsedAgain() async throws {
        let server = try SocketServer(answering: response("{}"))
        try await withTransport(to: server) { transport in
            for _ in 0..<3 {
                let outcome = await transport.outcome("GET", "http://localhost:\(server.port)/")
                #expect(outcome == .response(200, "{}"))
            }
        }
        // Only libcurl decodes Brotli.
        #expect(codings(server) == ["Accept-Encoding: gzip, br", "Accept-Encoding: gzip", "Accept-Encoding: gzip"])
        let hosts = server.requests.flatMap(\.lines).map(String.init).filter { $0.hasPrefix("Host") }
        #expect(hosts == Array(repeating: "Host: localhost:\(server.port)", count: 3))
    }

    @Test func anAddressWhereNobodyListensIsLookedUpAgain() async throws {
        let server = try SocketServer(answering: response("{}", "Connection: close"))
        try await withTransport(to: server) { transport in
            let url = "http://localhost:\(server.port)/"
            #expect(await transport.outcome("GET", url) == .response(200, "{}"))
            #expect(await transport.outcome("GET", url) == .response(200, "{}"))
            server.stop()
            #expect(await transport.outcome("GET", url) == .failure(.couldNotConnect, sent: false))
        }
    }

    @Test(arguments: [("127.1", true), ("0x7f.0.0.1", true), ("127.0.0.1", false)])
    func unusualAddressSpellingsUseLibcurl(host: String, byLibrary: Bool) async throws {
        let server = try SocketServer(answering: response("{}"))
        try await withTransport(to: server) { transport in
            for _ in 0..<2 {
                #expect(await transport.outcome("GET", "http://\(host):\(server.port)/") == .response(200, "{}"))
            }
        }
        #expect(codings(server) == Array(repeating: "Accept-Encoding: gzip" + (byLibrary ? ", br" : ""), count: 2))
    }

    @Test(arguments: ["deflate", "gzip, gzip", "br", "x"])
    func unknownContentCodingIsMalformed(coding: String) async throws {
        let content = Compressed.document
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: \(coding)\r\nContent-Length: \(content.count)\r\n\r\n"
        let server = try SocketServer(answering: Array(head.utf8) + content)
        try await withTransport(to: server) { transport in
            #expect(await transport.outcome("GET", server.url()) == .failure(.malformedResponse, sent: true))
        }
    }

    @Test func idleConnectionsToOtherServersAreClosedAtTheLimit() async throws {
        let servers = try (0..<5).map { _ in try SocketServer(answering: response("{}")) }
        var configuration = CurlTransportConfiguration()
        configuration.maximumConnections = 4
        try await withTransport(to: servers[0], configuration) { transport in
            for _ in 0..<3 {
                for server in servers {
                    let outcome = await transport.outcome("GET", server.url())
                    #expect(outcome == .response(200, "{}"))
                }
            }
        }
        for server in servers { server.stop() }
    }

    /// What follows a response without having been asked for is no response to the next request.
    @Test func bytesOfNoRequestAreNoResponse() async throws {
        let (written, continuation) = AsyncStream.makeStream(of: Void.self)
        let server = try SocketServer { peer in
            while peer.readRequest() != nil {
                peer.write(response("\(peer.number)"))
                guard peer.number == 1 else { continue }
                peer.write(response("not asked for"))
                continuation.yield()
            }
        }
        try await withTransport(to: server) { transport in
            #expect(await transport.outcome("GET", server.url()) == .response(200, "1"))
            for await _ in written { break }
            #expect(await transport.outcome("GET", server.url()) == .response(200, "2"))
        }
    }

    /// What comes before a status line on a connection that was used before is the rest of an earlier response.
    @Test(arguments: ["hello", "{\"id\":1}\r\n", "HTTP/1.1 999999 X\r\n"])
    func strayBytesOnAReusedConnectionCauseANewOne(rest: String) async throws {
        let server = try SocketServer { peer in
            var count = 0
            while peer.readRequest() != nil {
                count += 1
                peer.write((count == 2 ? rest : "") + response("\(peer.number)"))
            }
        }
        try await withTransport(to: server) { transport in
            #expect(await transport.outcome("GET", server.url()) == .response(200, "1"))
            #expect(await transport.outcome("GET", server.url()) == .response(200, "2"))
        }
        #expect(server.requests.map(\.connection) == [1, 1, 2])
    }

    @Test func aNewConnectionThatBeginsWithSomethingElseIsMalformed() async throws {
        let server = try SocketServer { peer in
            while peer.readRequest() != nil { peer.write("hello" + response("{}")) }
        }
        try await withTransport(to: server) { transport in
            #expect(await transport.outcome("GET", server.url()) == .failure(.malformedResponse, sent: true))
        }
        #expect(server.requests.map(\.connection) == [1])
    }

    /// Only a stated end shows that compressed content is whole; a connection that broke is worth another attempt.
    @Test(arguments: [(true, TransportError.Code.malformedResponse), (false, .truncated)])
    func truncatedCompressedContentFails(isStated: Bool, code: TransportError.Code) async throws {
        let content = Array(Compressed.document.dropLast(6))
        let end = isStated ? "Content-Length: \(content.count)" : "Connection: close"
        let server = try SocketServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.write(Array("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\(end)\r\n\r\n".utf8) + content)
        }
        try await withTransport(to: server) { transport in
            #expect(await transport.outcome("GET", server.url()) == .failure(code, sent: true))
        }
    }

    @Test func aResponseInManyPartsIsRead() async throws {
        let content = String(repeating: "0123456789", count: 20_000)
        let server = try SocketServer { peer in
            while peer.readRequest() != nil {
                var rest = Array(response(content).utf8)[...]
                while !rest.isEmpty {
                    peer.write(Array(rest.prefix(9_999)))
                    rest = rest.dropFirst(9_999)
                }
            }
        }
        try await withTransport(to: server) { transport in
            for _ in 0..<2 { #expect(await transport.outcome("GET", server.url()) == .response(200, content)) }
        }
        #expect(server.requests.map(\.connection) == [1, 1])
    }
}
