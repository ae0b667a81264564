import GatewayServer
import GatewayTestSupport
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
}
