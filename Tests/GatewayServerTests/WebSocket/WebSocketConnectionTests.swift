import Gateway
import NIOCore
import NIOEmbedded
import NIOWebSocket
import Testing

@testable import GatewayServer

/// A WebSocket by the time of its event loop, which only the test moves.
@Suite struct WebSocketConnectionTests {
    /// A connection that is open.
    private func channel(idleTimeout: TimeAmount) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        var limits = MessageLimits()
        limits.idleTimeout = idleTimeout
        let counts = ConnectionCounts(maximum: 8, maximumPerAddress: 8)
        let registry = ConnectionRegistry(counts: counts, maximumUnreadBytes: 1 << 20)
        let monitor = ConnectionMonitor(registry: registry, requestBytes: ByteBudget(limit: 1 << 20))
        let executor = EventLoopExecutor(channel.embeddedEventLoop)
        let exchange = MessageExchange(
            endpoint: ScriptedEndpoint(),
            callers: { Caller() },
            limits: limits,
            executor: executor,
            monitor: monitor
        )
        let handler = WebSocketConnection(exchange, limits: limits, executor: executor, monitor: monitor)
        try channel.pipeline.syncOperations.addHandler(handler)
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/socket")).wait()
        return channel
    }

    @Test func aSilentClientIsPingedThenClosed() throws {
        let channel = try channel(idleTimeout: .seconds(10))
        let ping = WebSocketFrameHead.bytes(.ping, length: 0)
        for _ in 0..<3 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(10))
            #expect(try channel.readOutbound(as: ByteBuffer.self) == ping)
            try channel.writeInbound(
                WebSocketFrame(fin: true, opcode: .pong, maskKey: [1, 2, 3, 4], data: ByteBuffer())
            )
        }
        channel.embeddedEventLoop.advanceTime(by: .seconds(10))
        #expect(try channel.readOutbound(as: ByteBuffer.self) == ping)
        channel.embeddedEventLoop.advanceTime(by: .seconds(9))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
        _ = try channel.finish(acceptAlreadyClosed: true)
    }
}
