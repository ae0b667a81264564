internal import NIOCore
internal import NIOWebSocket

/// One WebSocket connection: each text message is a JSON-RPC message, and each response a text message.
///
/// Confined to the connection's event loop.
///
/// https://www.rfc-editor.org/rfc/rfc6455
final class WebSocketHandler: ChannelDuplexHandler, MessageChannel {
    typealias InboundIn = WebSocketFrame
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let exchange: MessageExchange
    private let limits: MessageLimits
    private var assembler: WebSocketMessageAssembler
    private var phase = Phase.open
    private var isDraining = false
    private var gate = ReadGate()
    private let monitor: ConnectionMonitor
    private let writer: ReplyWriter
    private var context: ChannelHandlerContext?
    private var watch: IdleWatch?

    private enum Phase {
        case open
        /// The closing frame is sent; only the client's own is waited for.
        case closing
    }

    init(exchange: MessageExchange, limits: MessageLimits, monitor: ConnectionMonitor) {
        self.exchange = exchange
        self.limits = limits
        self.monitor = monitor
        writer = ReplyWriter(monitor: monitor, maximumUnreadBytes: limits.maximumUnreadBytes)
        assembler = WebSocketMessageAssembler(maximumMessageBytes: limits.maximumMessageBytes)
    }

    // MARK: - Life of the connection

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        exchange.carrier = self
        monitor.setWaitsForClient(true)
        watch = IdleWatch(timeout: limits.idleTimeout, eventLoop: context.eventLoop)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        watch?.start { expiries in bound.value.idle(expiries) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stop()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    private func stop() {
        watch?.stop()
        exchange.stop()
        writer.removeAll()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            isDraining = true
            endIfDrained(context)
        case is ConnectionMonitor.RequestBytesExhausted:
            monitor.forgetIncomplete()
            fail(.overloaded, context)
        case ChannelEvent.inputClosed:
            context.close(promise: nil)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? NIOWebSocketError else {
            context.close(promise: nil)
            return
        }
        fail(WebSocketFailure(error), context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            if !writer.isEmpty { watch?.touch() }
            flush(context)
        }
        context.fireChannelWritabilityChanged()
    }

    /// Pings a silent client, and closes the connection of one that sends no pong or does not read.
    private func idle(_ expiries: Int) {
        guard let context else { return }
        if !exchange.isIdle, writer.isEmpty {
            watch?.touch()
        } else if expiries == 1, context.channel.isWritable, phase == .open {
            send(.ping, ByteBuffer(), context)
            flush(context)
        } else {
            context.close(promise: nil)
        }
    }

    // MARK: - Frames

    private func mayRead(_ context: ChannelHandlerContext) -> Bool {
        phase == .closing || (exchange.hasRoom && writer.isEmpty && context.channel.isWritable)
    }

    func read(context: ChannelHandlerContext) {
        if gate.request(isOpen: mayRead(context)) { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        watch?.touch()
        guard phase == .open else {
            if frame.opcode == .connectionClose { context.close(promise: nil) }
            return
        }
        switch assembler.add(frame) {
        case .nothing: break
        case .message(let message):
            monitor.messageDidEnd(message.count)
            // What comes once the gateway is stopping is not begun; the close frame informs the client.
            if !isDraining { exchange.take(message) }
            monitor.setWaitsForClient(exchange.waitsForClient)
        case .pong(let data):
            monitor.messageDidEnd(data.readableBytes)
            send(.pong, data, context)
        case .close(let code): replyToClose(code, context)
        case .fail(let failure): fail(failure, context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        flush(context)
        context.fireChannelReadComplete()
    }

    private func resumeReading(_ context: ChannelHandlerContext) {
        if mayRead(context), gate.open() { context.read() }
    }

    // MARK: - Replies

    var takesReplies: Bool { writer.takesReplies }

    func send(_ reply: [UInt8]) {
        guard let context, phase == .open else { return }
        if !writer.append(reply, after: WebSocketFrameHead.bytes(.text, length: reply.count)) {
            context.close(promise: nil)
        }
    }

    func repliesDidComplete() {
        guard let context, phase == .open else { return }
        monitor.setWaitsForClient(exchange.waitsForClient)
        flush(context)
    }

    /// Hands over replies, then resumes what waited for that.
    private func flush(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        writer.flush(context, exchange) {
            let handler = bound.value
            if let context = handler.context { handler.flush(context) }
        }
        endIfDrained(context)
        resumeReading(context)
    }

    private func send(_ opcode: WebSocketOpcode, _ data: ByteBuffer, _ context: ChannelHandlerContext) {
        let bytes = Array(data.readableBytesView)
        if !writer.append(bytes, after: WebSocketFrameHead.bytes(opcode, length: bytes.count)) {
            context.close(promise: nil)
        }
    }

    // MARK: - The end

    /// Sends a close frame because the gateway stops, once all calls are complete.
    private func endIfDrained(_ context: ChannelHandlerContext) {
        if isDraining, phase == .open, exchange.isIdle, writer.isEmpty { end(.goingAway, context) }
    }

    /// Echoes the client's close frame; the server closes the connection.
    ///
    /// https://www.rfc-editor.org/rfc/rfc6455#section-7.1.1
    private func replyToClose(_ code: UInt16?, _ context: ChannelHandlerContext) {
        phase = .closing
        exchange.stop()
        var data = ByteBuffer()
        if let code { data.writeInteger(code) }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        writeLast(data, context).whenComplete { _ in bound.value.close(promise: nil) }
    }

    /// Ends the connection of a client that breaks the protocol: nothing that it sends is looked at any more.
    private func fail(_ failure: WebSocketFailure, _ context: ChannelHandlerContext) {
        guard phase == .open else { return }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        end(failure, context).whenComplete { _ in bound.value.close(mode: .output, promise: nil) }
    }

    /// Sends a close frame, and gives the client time to echo it.
    @discardableResult
    private func end(_ failure: WebSocketFailure, _ context: ChannelHandlerContext) -> EventLoopFuture<Void> {
        phase = .closing
        exchange.stop()
        var data = ByteBuffer()
        data.writeInteger(failure.code)
        data.writeString(failure.reason)
        let written = writeLast(data, context)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: limits.lingerTimeout) { bound.value.close(promise: nil) }
        resumeReading(context)
        return written
    }

    /// Writes a closing frame after all that has been handed over; what waits for the client is forgotten.
    private func writeLast(_ data: ByteBuffer, _ context: ChannelHandlerContext) -> EventLoopFuture<Void> {
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        // Replies of calls before it have been begun, and leave first if the client takes them.
        writer.flush(context, exchange) { _ = bound }
        writer.removeAll()
        var frame = WebSocketFrameHead.bytes(.connectionClose, length: data.readableBytes)
        frame.writeImmutableBuffer(data)
        return context.writeAndFlush(wrapOutboundOut(frame))
    }
}
