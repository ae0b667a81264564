import NIOCore
import NIOEmbedded
import Testing

@testable import GatewayServer

/// How many bytes of incomplete messages a connection has reserved.
@Suite struct ConnectionMonitorTests {
    private struct Connection {
        let channel = EmbeddedChannel()
        let budget = ByteBudget(limit: 1 << 20)
        let monitor: ConnectionMonitor

        init() throws {
            let counts = ConnectionCounts(maximum: 8, maximumPerAddress: 8)
            let registry = ConnectionRegistry(counts: counts, maximumUnreadBytes: 1 << 20)
            #expect(registry.open(channel))
            monitor = ConnectionMonitor(registry: registry, requestBytes: budget)
            try channel.pipeline.syncOperations.addHandler(monitor)
            try channel.connect(to: SocketAddress(unixDomainSocketPath: "/socket")).wait()
        }

        func receive(_ bytes: Int) throws { try channel.writeInbound(ByteBuffer(repeating: 65, count: bytes)) }

        func end() throws { _ = try channel.finish(acceptAlreadyClosed: true) }
    }

    /// However much longer messages are on the wire than they must be, nothing of them remains.
    @Test func nothingOfCompleteMessagesRemains() throws {
        let connection = try Connection()
        for _ in 0..<100 {
            for _ in 0..<5 { try connection.receive(20_000) }
            #expect(connection.budget.reserved == 100_000)
            connection.monitor.messageDidEnd()
            try connection.receive(10)
            #expect(connection.budget.reserved == 0)
            connection.monitor.messageDidEnd()
        }
        try connection.end()
    }

    /// Frames of a message that is not complete hold their content alone.
    @Test func frameLeavesWhatItsMessageHolds() throws {
        let connection = try Connection()
        for _ in 0..<100 {
            try connection.receive(50_000)
            connection.monitor.messageDidEnd(holding: 5_000)
        }
        try connection.receive(1)
        #expect(connection.budget.reserved == 5_001)
        try connection.end()
        #expect(connection.budget.reserved == 0)
    }

    @Test func streamsCountTheirOwnBytes() throws {
        let connection = try Connection()
        connection.monitor.countStreams()
        try connection.receive(500_000)
        #expect(connection.budget.reserved == 0)
        connection.monitor.changeArriving(by: 300_000)
        connection.monitor.changeArriving(by: 200_000)
        try connection.receive(1)
        #expect(connection.budget.reserved == 500_000)
        connection.monitor.changeArriving(by: -300_000)
        #expect(connection.budget.reserved == 200_000)
        try connection.end()
        #expect(connection.budget.reserved == 0)
    }
}
