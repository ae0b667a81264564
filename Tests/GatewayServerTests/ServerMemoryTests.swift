import GatewayServer
import GatewayTestSupport
import NIOCore
import Sandbox
import Synchronization
import Testing

/// What clients can make the server hold: bytes of requests and of responses, and connections.
@Suite struct ServerMemoryTests {
    private static let half = "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"

    /// Half of a request whose body has so many bytes.
    private static func halfSent(_ bytes: Int) -> String {
        half + "Content-Length: 1000000\r\n\r\n" + String(repeating: " ", count: bytes)
    }

    /// Waits until something is so, which another thread brings about.
    private static func wait(until condition: () -> Bool) async {
        while !condition(), !Task.isCancelled { await Task.yield() }
    }

    @Test(.timeLimit(.minutes(15)), arguments: [false, true])
    func bytesOfHalfSentRequestsAreBoundedForAllConnections(areHeads: Bool) async throws {
        let shrinks = Atomic(0)
        try await withGateway {
            $0.server.limits.maximumRequestBytes = areHeads ? 90_000 : 20 << 20
            $0.server.limits.memoryWasReleased = { shrinks.add(1, ordering: .relaxed) }
        } _: { gateway async throws in
            let text = areHeads ? Self.half + "X: \(String(repeating: "x", count: 50_000))" : Self.halfSent(900_000)
            let count = areHeads ? 2 : 24
            var held: [RawConnection] = []
            for _ in 0..<count {
                let raw = try RawConnection(to: gateway.server.address)
                raw.send(text)
                held.append(raw)
            }
            // Which of them is one too many is up to the event loop.
            var refusals: [String] = []
            await Self.wait {
                refusals += held.compactMap { $0.readAvailable().map { String(decoding: $0, as: UTF8.self) } }
                return !refusals.isEmpty
            }
            for refusal in refusals {
                #expect(refusal.hasPrefix("HTTP/1.1 503 ") && refusal.contains("OVERLOADED"), "\(refusal)")
            }
            held = []
            await Self.wait { gateway.server.connectionCount == 0 }
            #expect(try await gateway.post(#"{"query":"{ __typename }"}"#).status == 200)
            if !areHeads { #expect(shrinks.load(ordering: .relaxed) > 0) }
        }
    }

    /// Together they promise twice as much as there is room for, and never hold more than a little.
    @Test(.timeLimit(.minutes(15)))
    func lengthsThatArePromisedTakeNoMemory() async throws {
        try await withGateway {
            $0.server.limits.maximumRequestBytes = 2 << 20
        } _: { gateway async throws in
            let held = try (0..<40).map { _ in
                let raw = try RawConnection(to: gateway.server.address)
                raw.send(Self.half + "Content-Length: 100000\r\n\r\n" + String(repeating: " ", count: 2000))
                return raw
            }
            for raw in held {
                raw.send(String(repeating: " ", count: 98_000))
                // A body of spaces is no JSON.
                #expect(await raw.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 400 "))
            }
        }
    }

    /// An upstream whose things have long names, and a gateway in front of it.
    private func withLongNames(
        _ bytes: Int,
        _ change: (inout GatewayUnderTest.Options) -> Void,
        _ body: (GatewayUnderTest) async throws -> Void
    ) async throws {
        let name = String(repeating: "x", count: bytes)
        let upstream = try await ScriptedServer.start { _ in .http(body: #"{"id":"1","name":"\#(name)"}"#) }
        try await withGateway(change, upstream: upstream.baseURL, body)
        try await upstream.shutdown()
    }

    private static let longName = ConnectionTests.post(#"{"query":"{ thing(id: 1) { name } }"}"#)

    @Test(.timeLimit(.minutes(15)))
    func clientThatStopsReadingIsClosed() async throws {
        try await withLongNames(12 << 20) {
            $0.server.connection.idleTimeout = .milliseconds(200)
        } _: { gateway async throws in
            let raw = try RawConnection(to: gateway.server.address)
            raw.send(Self.longName)
            #expect(await raw.read(until: "x").hasPrefix("HTTP/1.1 200 "))
            await Self.wait { gateway.server.connectionCount == 0 }
            #expect(await raw.readToEnd().utf8.count < 12 << 20)
        }
    }

    @Test(.timeLimit(.minutes(15)))
    func unreadResponsesAreBoundedForAllConnections() async throws {
        try await withLongNames(12 << 20) {
            $0.server.limits.maximumUnreadBytes = 15 << 20
        } _: { gateway async throws in
            let first = try RawConnection(to: gateway.server.address)
            first.send(Self.longName)
            #expect(await first.read(until: "x").hasPrefix("HTTP/1.1 200 "))
            // Two responses are too much together: one of the two clients is cut off, whichever reads less.
            let second = try RawConnection(to: gateway.server.address)
            second.send(Self.longName)
            await Self.wait { gateway.server.connectionCount < 2 }
            #expect(try await gateway.post(#"{"query":"{ __typename }"}"#).status == 200)
        }
    }

    @Test(.timeLimit(.minutes(15)))
    func clientThatReadsSlowlyGetsAllOfALongResponse() async throws {
        try await withLongNames(12 << 20) { _ in
        } _: { gateway async throws in
            let raw = try RawConnection(to: gateway.server.address)
            raw.send(Self.longName + ConnectionTests.typename)
            raw.finishSending()
            let text = await raw.readToEnd()
            #expect(text.utf8.count { $0 == UInt8(ascii: "x") } >= 12 << 20)
            #expect(text.hasSuffix(#"{"data":{"__typename":"Query"}}"#))
        }
    }

    @Test(.timeLimit(.minutes(15)))
    func aNewConnectionTakesThePlaceOfAnIdleOne() async throws {
        try await withGateway {
            $0.server.limits.connections = ConnectionCounts(maximum: 8, maximumPerAddress: 4)
        } _: { gateway async throws in
            var held: [RawConnection] = []
            for _ in 0..<20 {
                let raw = try RawConnection(to: gateway.server.address)
                raw.send(Self.halfSent(10))
                held.append(raw)
            }
            let raw = try RawConnection(to: gateway.server.address)
            raw.send(ConnectionTests.typename)
            #expect(await raw.read(until: "}}").hasPrefix("HTTP/1.1 200 "))
            #expect(gateway.server.connectionCount <= 8)
        }
    }
}
