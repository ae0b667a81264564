import Testing
import Upstream

@Suite struct CurlTransportLimitTests {
    private static let small: CurlTransportConfiguration = {
        var configuration = CurlTransportConfiguration()
        configuration.maximumResponseBytes = 1000
        return configuration
    }()

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n" + String(repeating: "x", count: 1001),
        "HTTP/1.1 200 OK\r\nContent-Length: 9000000000000000000\r\n\r\n" + String(repeating: "x", count: 10),
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3E9\r\n" + String(repeating: "x", count: 1001)
            + "\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 1001),
    ])
    func refusesTooMuchContent(text: String) async throws {
        let server = try SocketServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.write(text)
        }
        try await withTransport(to: server, Self.small) { transport in
            let outcome = await transport.outcome("GET", server.url())
            #expect(outcome == .failure(.tooLarge, sent: true))
        }
    }

    @Test func acceptsAsMuchContentAsIsAllowed() async throws {
        let content = String(repeating: "x", count: 1000)
        let server = try SocketServer(answering: response(content))
        try await withTransport(to: server, Self.small) { transport in
            #expect(await transport.outcome("GET", server.url()) == .response(200, content))
        }
    }

    @Test func countsContentWithoutItsCompression() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(Compressed.zeros.count)\r\n\r\n"
        let server = try SocketServer(answering: Array(head.utf8) + Compressed.zeros)
        try await withTransport(to: server, Self.small) { transport in
            #expect(await transport.outcome("GET", server.url()) == .failure(.tooLarge, sent: true))
        }
    }

    @Test func refusesAHeadWithoutAnEnd() async throws {
        let server = try SocketServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.write("HTTP/1.1 200 OK\r\n")
            let line = Array("X: \(String(repeating: "x", count: 1000))\r\n".utf8)
            for _ in 0..<400 { peer.write(line) }
        }
        try await withTransport(to: server) { transport in
            #expect(await transport.outcome("GET", server.url()) == .failure(.tooLarge, sent: true))
        }
    }

    // MARK: - Time

    @Test func endsAnExchangeWithoutAResponseInTime() async throws {
        let server = try SocketServer { peer in
            while peer.readRequest() != nil {}
        }
        try await withTransport(to: server) { transport in
            let outcome = await transport.outcome("GET", server.url(), timeout: .milliseconds(100))
            #expect(outcome == .failure(.timedOut, sent: true))
        }
    }

    @Test func endsAResponseThatTricklesInTooSlowly() async throws {
        let server = try SocketServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while !peer.isClosed(within: 10) { peer.write("x") }
        }
        try await withTransport(to: server) { transport in
            let outcome = await transport.outcome("GET", server.url(), timeout: .milliseconds(200))
            #expect(outcome == .failure(.timedOut, sent: true))
        }
    }

    @Test func endsAResponseBelowTheLeastSpeed() async throws {
        let server = try SocketServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while !peer.isClosed(within: 50) { peer.write("x") }
        }
        var configuration = CurlTransportConfiguration()
        configuration.lowSpeedLimit = .init(bytesPerSecond: 1000, seconds: 1)
        try await withTransport(to: server, configuration) { transport in
            #expect(await transport.outcome("GET", server.url()) == .failure(.timedOut, sent: true))
        }
    }

    @Test func endsOnlyTheRequestsWhoseTimeIsUp() async throws {
        let server = try SocketServer { peer in
            while let request = peer.readRequest() {
                if request.head.hasPrefix("GET /slow") { return peer.waitForClose() }
                peer.write(response("ok"))
            }
        }
        try await withTransport(to: server) { transport in
            let requests = [
                TransportRequest(url: server.url("/slow"), timeout: .milliseconds(150)),
                TransportRequest(url: server.url("/fast"), timeout: .seconds(120)),
                TransportRequest(url: server.url("/slow"), timeout: .milliseconds(50)),
                TransportRequest(url: server.url("/fast"), timeout: .zero),
            ]
            let outcomes = await transport.send(requests).map { Outcome($0) }
            let expected: [Outcome] = [
                .failure(.timedOut, sent: true), .response(200, "ok"), .failure(.timedOut, sent: true),
                .failure(.timedOut, sent: false),
            ]
            #expect(outcomes == expected)
        }
    }

    // MARK: - Connections

    @Test func opensNoMoreConnectionsThanAllowed() async throws {
        let server = try SocketServer(answering: response("ok"))
        var configuration = CurlTransportConfiguration()
        configuration.maximumConnectionsPerHost = 3
        try await withTransport(to: server, configuration) { transport in
            let request = TransportRequest(url: server.url(), timeout: .seconds(120))
            let outcomes = await transport.send(Array(repeating: request, count: 100)).map { Outcome($0) }
            #expect(outcomes == Array(repeating: .response(200, "ok"), count: 100))
        }
        #expect((1...3).contains(server.connectionCount))
        #expect(server.requests.count == 100)
    }

    @Test func servesRequestsThatWaitInTheirOrder() async throws {
        let server = try SocketServer(answering: response("ok"))
        var configuration = CurlTransportConfiguration()
        configuration.maximumConnectionsPerHost = 1
        try await withTransport(to: server, configuration) { transport in
            let requests = (0..<200).map { TransportRequest(url: server.url("/\($0)"), timeout: .seconds(120)) }
            let outcomes = await transport.send(requests).map { Outcome($0) }
            #expect(outcomes == Array(repeating: .response(200, "ok"), count: 200))
        }
        #expect(server.requests.map { $0.lines[0] } == (0..<200).map { "GET /\($0) HTTP/1.1" })
    }

    @Test(arguments: [true, false])
    func requestsThatWaitEndWithoutBeingSent(byCancellation: Bool) async throws {
        let (arrivals, continuation) = AsyncStream<Void>.makeStream()
        let server = try SocketServer { peer in
            guard peer.readRequest() != nil else { return }
            continuation.yield()
            peer.waitForClose()
        }
        var configuration = CurlTransportConfiguration()
        configuration.maximumConnectionsPerHost = 2
        try await withTransport(to: server, configuration) { transport in
            let requests = Array(repeating: TransportRequest(url: server.url(), timeout: .seconds(120)), count: 5)
            let task = Task { await transport.send(requests).map { Outcome($0) } }
            var iterator = arrivals.makeAsyncIterator()
            for _ in 0..<2 { await iterator.next() }
            if byCancellation { task.cancel() } else { await transport.shutDown() }
            let code: TransportError.Code = byCancellation ? .cancelled : .shutDown
            #expect(await task.value == [true, true, false, false, false].map { .failure(code, sent: $0) })
        }
        #expect(server.requests.count == 2)
    }

    @Test func keepsTheConnectionsOfABurst() async throws {
        let (arrivals, continuation) = AsyncStream<Void>.makeStream()
        let gates = [Gate(), Gate(), Gate()]
        let server = try SocketServer { peer in
            while let request = peer.readRequest() {
                continuation.yield()
                // Nobody gets a response before everybody has sent a request, so each needs a connection of its own.
                gates[request.head.hasPrefix("GET /0") ? 0 : request.head.hasPrefix("GET /1") ? 1 : 2].wait()
                peer.write(response("ok"))
            }
        }
        try await withTransport(to: server) { transport in
            var iterator = arrivals.makeAsyncIterator()
            for (round, size) in [16, 1, 16].enumerated() {
                let request = TransportRequest(url: server.url("/\(round)"), timeout: .seconds(120))
                async let outcomes = transport.send(Array(repeating: request, count: size)).map { Outcome($0) }
                for _ in 0..<size { await iterator.next() }
                gates[round].open()
                #expect(await outcomes == Array(repeating: .response(200, "ok"), count: size))
            }
        }
        #expect(server.connectionCount == 16)
    }

    @Test func endsRequestsThatWaitTooLongForAConnection() async throws {
        let server = try SocketServer { peer in
            while let request = peer.readRequest() {
                if request.head.hasPrefix("GET /slow") { return peer.waitForClose() }
                peer.write(response("ok"))
            }
        }
        var configuration = CurlTransportConfiguration()
        configuration.maximumConnectionsPerHost = 1
        try await withTransport(to: server, configuration) { transport in
            let requests = [
                TransportRequest(url: server.url("/slow"), timeout: .milliseconds(300)),
                TransportRequest(url: server.url("/waits"), timeout: .milliseconds(50)),
                TransportRequest(url: server.url("/next"), timeout: .seconds(120)),
            ]
            let outcomes = await transport.send(requests).map { Outcome($0) }
            #expect(
                outcomes == [.failure(.timedOut, sent: true), .failure(.timedOut, sent: false), .response(200, "ok")]
            )
        }
    }
}
