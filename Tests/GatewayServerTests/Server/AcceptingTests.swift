import Dispatch
import GatewayTestSupport
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import GatewayServer

/// Clients that connect while requests occupy an event loop do not wait for one of its turns after another.
@Suite struct AcceptingTests {
    private static let clients = 64

    @Test func connectionsThatWaitAreAcceptedInOneTurn() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let counts = ConnectionCounts(maximum: Self.clients, maximumPerAddress: Self.clients)
        let registry = ConnectionRegistry(counts: counts, maximumUnreadBytes: 1 << 20)
        let accepted = Atomic(0)
        let (turns, turnEnds) = AsyncStream.makeStream(of: Int.self)
        let address = BindAddress.address(ListenAddress(host: "127.0.0.1", port: 0))
        let listener = try await Listener.start(
            at: address,
            group: group,
            registry: registry,
            log: { _ in },
            connection: { channel in
                guard accepted.add(1, ordering: .relaxed).newValue == 1 else { return }
                // What is executed has its turn after all that was ready.
                channel.eventLoop.execute { turnEnds.yield(accepted.load(ordering: .relaxed)) }
            }
        )
        let port = try #require(listener.address.hostAndPort).port
        let areConnected = DispatchSemaphore(value: 0)
        defer { areConnected.signal() }
        // No client connects before the loop is occupied.
        await withCheckedContinuation { isOccupied in
            group.next().execute {
                isOccupied.resume()
                areConnected.wait()
            }
        }
        // The system connects them, accepted or not.
        let clients = try (0..<Self.clients).map { _ in try RawConnection(port: port) }
        areConnected.signal()
        let inFirstTurn = await turns.first { _ in true }
        #expect(inFirstTurn == Self.clients)
        withExtendedLifetime(clients) {}
        await listener.close()
        try await group.shutdownGracefully()
    }
}
