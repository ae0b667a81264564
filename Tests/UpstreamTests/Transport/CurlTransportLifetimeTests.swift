import Testing
import Upstream

@Suite struct CurlTransportLifetimeTests {
    /// A server that responds to a connection's first request, and closes the connection when the second has come.
    private func serverThatClosesIdleConnections() throws -> SocketServer {
        try SocketServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.write(response("\(peer.number)"))
            _ = peer.readRequest()
        }
    }

    @Test func sendsAgainOnANewConnectionIfAReusedOneIsClosed() async throws {
        let server = try serverThatClosesIdleConnections()
        try await withTransport(to: server) { transport in
            #expect(await transport.outcome("GET", server.url("/first")) == .response(200, "1"))
            #expect(await transport.outcome("GET", server.url("/second?x=1")) == .response(200, "2"))
        }
        let lines = server.requests.map { "\($0.connection) \($0.lines[0])" }
        #expect(lines == ["1 GET /first HTTP/1.1", "1 GET /second?x=1 HTTP/1.1", "2 GET /second?x=1 HTTP/1.1"])
    }

    @Test(arguments: ["POST", "PUT", "PATCH", "DELETE"], ["content", "", nil])
    func sendsAWriteOnlyOnce(method: String, body: String?) async throws {
        let server = try serverThatClosesIdleConnections()
        try await withTransport(to: server) { transport in
            #expect(await transport.outcome("PUT", server.url()) == .response(200, "1"))
            let outcome = await transport.outcome(method, server.url("/write"), body: body.map { Array($0.utf8) })
            #expect(outcome == .failure(.closedEarly, sent: true))
        }
        #expect(server.requests.map { $0.lines[0] } == ["PUT / HTTP/1.1", "\(method) /write HTTP/1.1"])
    }

    @Test func opensANewConnectionWhereTheIdleOneWasClosedMeanwhile() async throws {
        let (closed, continuation) = AsyncStream<Void>.makeStream()
        let server = try SocketServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.write(response("\(peer.number)"))
            peer.endWriting()
            continuation.yield()
        }
        try await withTransport(to: server) { transport in
            var iterator = closed.makeAsyncIterator()
            #expect(await transport.outcome("GET", server.url()) == .response(200, "1"))
            await iterator.next()
            // Nothing was sent on the closed connection, so even a write can use another.
            #expect(await transport.outcome("POST", server.url(), body: [1]) == .response(200, "2"))
        }
        #expect(server.requests.map(\.connection) == [1, 2])
    }

    // MARK: - Cancellation

    @Test func cancellationEndsItsExchangesOnly() async throws {
        let (arrivals, continuation) = AsyncStream<Void>.makeStream()
        let release = Gate()
        let server = try SocketServer { peer in
            while let request = peer.readRequest() {
                continuation.yield()
                if request.head.hasPrefix("GET /never") { return peer.waitForClose() }
                release.wait()
                peer.write(response("ok"))
            }
        }
        try await withTransport(to: server) { transport in
            async let idle = transport.outcome("GET", server.url("/idle"))
            let requests = ["/never/1", "/never/2"].map {
                TransportRequest(url: server.url($0), timeout: .seconds(120))
            }
            let cancelled = Task { await transport.send(requests).map { Outcome($0) } }
            var iterator = arrivals.makeAsyncIterator()
            for _ in 0..<3 { await iterator.next() }
            cancelled.cancel()
            #expect(await cancelled.value == Array(repeating: .failure(.cancelled, sent: true), count: 2))
            release.open()
            #expect(await idle == .response(200, "ok"))
        }
    }

    @Test func aTaskThatIsCancelledAlreadySendsNothing() async throws {
        let server = try SocketServer(answering: response("ok"))
        try await withTransport(to: server) { transport in
            let task = Task {
                unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
                return await transport.outcome("POST", server.url(), body: [1])
            }
            #expect(await task.value == .failure(.cancelled, sent: false))
        }
        #expect(server.requests == [])
    }

    // MARK: - The end

    @Test func shuttingDownEndsExchangesAndRefusesMore() async throws {
        let (arrivals, continuation) = AsyncStream<Void>.makeStream()
        let server = try SocketServer { peer in
            guard peer.readRequest() != nil else { return }
            continuation.yield()
            peer.waitForClose()
        }
        try await withTransport(to: server) { transport in
            let requests = Array(repeating: TransportRequest(url: server.url(), timeout: .seconds(120)), count: 8)
            async let outcomes = transport.send(requests).map { Outcome($0) }
            var iterator = arrivals.makeAsyncIterator()
            for _ in 0..<8 { await iterator.next() }
            async let once: Void = transport.shutDown()
            async let twice: Void = transport.shutDown()
            #expect(await outcomes == Array(repeating: .failure(.shutDown, sent: true), count: 8))
            _ = await (once, twice)
            #expect(await transport.outcome("GET", server.url()) == .failure(.shutDown, sent: false))
        }
        #expect(server.requests.count == 8)
    }

    @Test func aTransportThatNobodyHoldsClosesItsConnections() async throws {
        let (closed, continuation) = AsyncStream<Void>.makeStream()
        let server = try SocketServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.write(response("ok"))
            peer.waitForClose()
            continuation.yield()
        }
        do {
            let transport = try CurlTransport()
            #expect(await transport.outcome("GET", server.url()) == .response(200, "ok"))
        }
        var iterator = closed.makeAsyncIterator()
        await iterator.next()
        server.stop()
    }

    @Test func manyTransportsAreMadeAndReleased() async throws {
        let server = try SocketServer(answering: response("ok"))
        for _ in 0..<20 {
            let transport = try CurlTransport()
            async let outcome = transport.outcome("GET", server.url())
            async let end: Void = transport.shutDown()
            let allowed: [Outcome?] = [
                .response(200, "ok"), .failure(.shutDown, sent: true), .failure(.shutDown, sent: false),
            ]
            #expect(allowed.contains(await outcome))
            await end
        }
        server.stop()
    }
}
