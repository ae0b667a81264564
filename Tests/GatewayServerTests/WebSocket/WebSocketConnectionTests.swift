import Gateway
import NIOCore
import NIOEmbedded
import NIOWebSocket
import Testing
import Upstream

@testable import GatewayServer

/// A WebSocket by the time of its event loop, which only the test moves.
@Suite struct WebSocketConnectionTests {
    /// A connection that is open.
    private func channel(
        idleTimeout: TimeAmount,
        caller: Caller? = Caller(credential: Credential(key: "k"))
    ) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        var limits = MessageLimits()
        limits.idleTimeout = idleTimeout
        let counts = ConnectionCounts(maximum: 8, maximumPerAddress: 8)
        let registry = ConnectionRegistry(counts: counts, maximumUnreadBytes: 1 << 20)
        let monitor = ConnectionMonitor(registry: registry, requestBytes: ByteBudget(limit: 1 << 20))
        let executor = EventLoopExecutor(channel.embeddedEventLoop, RunningTasks())
        let exchange = MessageExchange(
            endpoint: ScriptedEndpoint(),
            callers: { caller },
            limits: limits,
            executor: executor,
            monitor: monitor
        )
        let handler = WebSocketConnection(exchange, limits: limits, executor: executor, monitor: monitor)
        try channel.pipeline.syncOperations.addHandler(handler)
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/socket")).wait()
        return channel
    }

    @Test func idleClientIsPingedThenClosed() throws {
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

    private func message(_ text: String) -> WebSocketFrame {
        WebSocketFrame(fin: true, opcode: .text, maskKey: [0, 0, 0, 0], data: ByteBuffer(string: text))
    }

    /// Whoever has no key may have called what needs none; pings and pongs are no call.
    @Test(arguments: [nil, Caller()] as [Caller?]) func connectionWithoutKeyOrCallIsClosed(caller: Caller?) throws {
        let channel = try channel(idleTimeout: .seconds(10), caller: caller)
        for _ in 0..<3 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(9))
            try channel.writeInbound(
                WebSocketFrame(fin: true, opcode: .ping, maskKey: [1, 2, 3, 4], data: ByteBuffer())
            )
            let pong = WebSocketFrameHead.bytes(.pong, length: 0)
            #expect(try channel.readOutbound(as: ByteBuffer.self) == pong)
        }
        channel.embeddedEventLoop.advanceTime(by: .seconds(3))
        var closing = try #require(try channel.readOutbound(as: ByteBuffer.self))
        _ = closing.readBytes(length: 2)
        #expect(closing.readInteger(as: UInt16.self) == 1008)
        channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(!channel.isActive)
        _ = try channel.finish(acceptAlreadyClosed: true)
    }

    /// What comes first, and in whose name messages are called by themselves.
    static let names: [(first: String?, caller: Caller?)] = [
        (nil, Caller(credential: Credential(key: "k"))),
        (#"{"jsonrpc":"2.0","method":"auth","params":{"key":"k"},"id":1}"#, nil),
        (#"{"jsonrpc":"2.0","method":"rpc.discover","id":1}"#, Caller()),
    ]

    @Test(arguments: names) func keyOrCallKeepsTheConnectionOpen(first: String?, caller: Caller?) throws {
        let channel = try channel(idleTimeout: .seconds(100), caller: caller)
        if let first { try channel.writeInbound(message(first)) }
        while try channel.readOutbound(as: ByteBuffer.self) != nil {}
        channel.embeddedEventLoop.advanceTime(by: .seconds(60))
        #expect(channel.isActive)
        #expect(try channel.readOutbound(as: ByteBuffer.self) == nil)
        _ = try channel.finish(acceptAlreadyClosed: true)
    }
}
