import NIOCore
import Testing

@testable import GatewayServer

/// How many connections there may be, and from where.
@Suite struct ConnectionTableTests {
    private static func address(_ text: String) throws -> PeerAddress {
        try #require(PeerAddress(try SocketAddress(ipAddress: text, port: 1)))
    }

    @Test func anAddressAtItsLimitLosesItsOwnIdleConnections() throws {
        var table = ConnectionTable<Int>(limits: ConnectionCounts(maximum: 8, maximumPerAddress: 2))
        let (one, other) = (try Self.address("192.0.2.1"), try Self.address("192.0.2.2"))
        var idle: [Int: UInt64] = [1: 30, 2: 20, 3: 10]
        for (key, address) in [(1, one), (2, one), (3, other)] {
            #expect(table.open(key, at: 40, idleSince: { idle[$0] }) == [])
            #expect(table.identify(key, as: address, idleSince: { idle[$0] }) == [])
        }
        #expect(table.open(4, at: 40, idleSince: { idle[$0] }) == [])
        #expect(table.identify(4, as: one, idleSince: { idle[$0] }) == [2])
        idle = [:]
        #expect(table.open(5, at: 40, idleSince: { idle[$0] }) == [])
        #expect(table.identify(5, as: one, idleSince: { idle[$0] }) == nil)
        table.close(5)
        table.close(1)
        #expect(table.open(6, at: 40, idleSince: { idle[$0] }) == [])
        #expect(table.identify(6, as: one, idleSince: { idle[$0] }) == [])
        #expect(table.count == 3)
    }

    @Test func atTheLimitTheLongestIdleConnectionIsClosedAndNoBusyOne() throws {
        var table = ConnectionTable<Int>(limits: ConnectionCounts(maximum: 2, maximumPerAddress: 2))
        #expect(table.open(1, at: 40, idleSince: { _ in nil }) == [])
        #expect(table.open(2, at: 40, idleSince: { _ in nil }) == [])
        #expect(table.open(3, at: 40, idleSince: { _ in nil }) == nil)
        // For 10 ms nobody looks through all connections again.
        var looked = 0
        for _ in 0..<100 {
            #expect(
                table.open(3, at: 10_000_039) { _ in
                    looked += 1
                    return 1
                } == nil
            )
        }
        #expect(looked == 0)
        #expect(table.open(3, at: 10_000_040, idleSince: { [1: 2, 2: 1][$0] }) == [2])
        table.close(2)
        #expect(table.count == 2)
        #expect(table.identify(2, as: try Self.address("192.0.2.1"), idleSince: { _ in nil }) == [])
    }

    /// Two addresses, and whether they are one client's.
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
        ("192.0.2.1", "::ffff:192.0.2.1", true), ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", true),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", false),
    ])
    func anIPv6NetworkIsOneClient(left: String, right: String, areOne: Bool) throws {
        #expect((try Self.address(left) == Self.address(right)) == areOne)
    }

    /// Descriptors, event loops and wanted connections; connections of clients and to the upstream.
    @Test(arguments: [
        (1024, 2, nil, 738, 256), (1024, 2, 100, 100, 256), (64, 1, nil, 21, 16), (1_048_576, 8, nil, 20_000, 256),
        (1_048_576, 8, 100_000, 100_000, 256), (256, 2, nil, 162, 64),
    ])
    func descriptorsAreDivided(_ descriptors: Int, _ loops: Int, _ wanted: Int?, _ clients: Int, _ upstream: Int) {
        let plan = DescriptorPlan(descriptors: descriptors, eventLoops: loops, clientConnections: wanted)
        #expect(plan.clientConnections == clients)
        #expect(plan.upstreamConnections == upstream)
        #expect(plan.clientConnections + plan.upstreamConnections < descriptors)
    }
}
