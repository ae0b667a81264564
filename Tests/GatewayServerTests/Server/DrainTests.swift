import Gateway
import GatewayServer
import GatewayTestSupport
import NIOCore
import Synchronization
import Testing

/// The end of a server: first it says that it is not ready, then it takes nothing new, then it is gone.
@Suite struct DrainTests {
    /// A wait that ends when the test says so.
    private final class Gate: Sendable {
        private let (begun, begin) = AsyncStream<Duration>.makeStream()
        private let (opened, open) = AsyncStream<Void>.makeStream()

        func wait(_ duration: Duration) async {
            begin.yield(duration)
            for await _ in opened { return }
        }

        /// The duration of the wait, when it has begun.
        func duration() async -> Duration? {
            for await duration in begun { return duration }
            return nil
        }

        func end() { open.yield() }
    }

    @Test func requestsAreServedWhileTheLoadBalancerLearnsOfTheStop() async throws {
        let gate = Gate()
        try await withGateway {
            $0.server.limits.drainDelay = .seconds(5)
            $0.server.limits.sleep = { await gate.wait($0) }
        } _: { gateway async throws in
            let open = try RawConnection(to: gateway.server.address)
            open.send(ConnectionTests.typename)
            #expect(await !open.read(until: "}}").contains("connection: close"))
            #expect(try await gateway.send("GET", "/health/ready").status == 200)
            async let stopped: Void = gateway.server.shutDown()
            #expect(await gate.duration() == .seconds(5))
            // The response says that it is the last on its connection, and its request is served.
            open.send(ConnectionTests.typename)
            let last = await open.readToEnd()
            #expect(last.hasPrefix("HTTP/1.1 200 "))
            #expect(last.contains("\r\nconnection: close\r\n"))
            #expect(last.hasSuffix(#"{"data":{"__typename":"Query"}}"#))
            for (path, status) in [("/health/ready", 503), ("/health/live", 200), ("/absent", 404)] {
                #expect(try await gateway.send("GET", path).status == status, "\(path)")
            }
            #expect(try await gateway.query("{ __typename }").status == 200)
            gate.end()
            try await stopped
            #expect(gateway.server.connectionCount == 0)
            #expect(throws: RawConnection.Failure.self) { try RawConnection(to: gateway.server.address) }
        }
    }

    /// Counts the requests that have ended.
    private final class Ended: GatewayObserver {
        let count = Atomic(0)

        func requestCompleted(_ record: RequestRecord) { count.add(1, ordering: .relaxed) }
    }

    @Test func requestsEndBeforeTheEventLoopsAlsoWithoutTheirConnections() async throws {
        let ended = Ended()
        var options = HTTPServerOptions()
        options.limits.drainTimeout = .zero
        try await HeldGateway.run(options: options, observer: ended) { gateway async throws in
            let connection = try gateway.post("{ thing { id } }", accept: "application/json")
            await gateway.upstream.requests(reach: 1)
            try await gateway.server.shutDown(delays: false) {
                // The connection is closed, its request still waits.
                #expect(gateway.server.connectionCount == 0)
                #expect(ended.count.load(ordering: .relaxed) == 0)
                gateway.upstream.open()
            }
            #expect(ended.count.load(ordering: .relaxed) == 1)
            #expect(await connection.readToEnd() == "")
        }
    }
}
