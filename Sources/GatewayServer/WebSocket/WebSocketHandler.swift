internal import NIOCore
internal import NIOWebSocket

/// One WebSocket connection: each text message is a JSON-RPC message, and is answered by one.
///
/// Confined to the connection's event loop.
///
/// https://www.rfc-editor.org/rfc/rfc6455
final class WebSocketHandler: ChannelDuplexHandler, MessageChannel {
    typealias InboundIn = WebSocketFrame
    typealias OutboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private let exchange: MessageExchange
    private let limits: MessageLimits
    private var assembler: WebSocketMessageAssembler
    private var phase = Phase.open
    private var isDraining = false
    private var isReadPending = false
    private var context: ChannelHandlerContext?
    private var watch: IdleWatch?

    private enum Phase {
        case open
        /// The closing frame is sent; only the client's own is waited for.
        case closing
    }

    init(exchange: MessageExchange, limits: MessageLimits) {
        self.exchange = exchange
        self.limits = limits
        assembler = WebSocketMessageAssembler(maximumMessageBytes: limits.maximumMessageBytes)
    }

    // MARK: - Life of the connection

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        exchange.carrier = self
        watch = IdleWatch(timeout: limits.idleTimeout, eventLoop: context.eventLoop)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        watch?.start { expiries in bound.value.idle(expiries) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        watch?.stop()
        exchange.stop()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        watch?.stop()
        exchange.stop()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            isDraining = true
            if exchange.isIdle, phase == .open { end(.goingAway, context) }
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
        if context.channel.isWritable { resumeReading(context) }
        context.fireChannelWritabilityChanged()
    }

    /// Asks a silent client whether it is there, and lets go of one that does not say so.
    private func idle(_ expiries: Int) {
        guard let context else { return }
        if !exchange.isIdle {
            watch?.touch()
        } else if expiries == 1, context.channel.isWritable, phase == .open {
            send(.ping, ByteBuffer(), context)
            context.flush()
        } else {
            context.close(promise: nil)
        }
    }

    // MARK: - Frames

    func read(context: ChannelHandlerContext) {
        if phase == .closing || (exchange.hasRoom && context.channel.isWritable) {
            context.read()
        } else {
            isReadPending = true
        }
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
            // What comes once the gateway is stopping is not begun; the closing frame tells the client.
            if !isDraining { exchange.take(message) }
        case .pong(let data): send(.pong, data, context)
        case .close(let code): answerClose(code, context)
        case .fail(let failure): fail(failure, context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.flush()
        context.fireChannelReadComplete()
    }

    private func resumeReading(_ context: ChannelHandlerContext) {
        guard isReadPending, exchange.hasRoom, context.channel.isWritable else { return }
        isReadPending = false
        context.read()
    }

    // MARK: - Answers

    func send(_ answer: [UInt8]) {
        guard let context, phase == .open else { return }
        send(.text, ByteBuffer(bytes: answer), context)
    }

    func repliesDidComplete() {
        guard let context, phase == .open else { return }
        context.flush()
        if isDraining, exchange.isIdle {
            end(.goingAway, context)
        } else {
            resumeReading(context)
        }
    }

    private func send(_ opcode: WebSocketOpcode, _ data: ByteBuffer, _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(WebSocketFrame(fin: true, opcode: opcode, data: data)), promise: nil)
    }

    // MARK: - The end

    /// Answers the client's closing frame; the side that serves ends the connection.
    ///
    /// https://www.rfc-editor.org/rfc/rfc6455#section-7.1.1
    private func answerClose(_ code: UInt16?, _ context: ChannelHandlerContext) {
        phase = .closing
        exchange.stop()
        var data = ByteBuffer()
        if let code { data.writeInteger(code) }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(WebSocketFrame(fin: true, opcode: .connectionClose, data: data)))
            .whenComplete { _ in bound.value.close(promise: nil) }
    }

    /// Ends the connection of a client that breaks the protocol: nothing that it sends is looked at any more.
    private func fail(_ failure: WebSocketFailure, _ context: ChannelHandlerContext) {
        guard phase == .open else { return }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        end(failure, context).whenComplete { _ in bound.value.close(mode: .output, promise: nil) }
    }

    /// Sends a closing frame, and gives the client a while to answer it.
    @discardableResult
    private func end(_ failure: WebSocketFailure, _ context: ChannelHandlerContext) -> EventLoopFuture<Void> {
        phase = .closing
        exchange.stop()
        var data = ByteBuffer()
        data.writeInteger(failure.code)
        data.writeString(failure.reason)
        let frame = WebSocketFrame(fin: true, opcode: .connectionClose, data: data)
        let written = context.writeAndFlush(wrapOutboundOut(frame))
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: limits.lingerTimeout) { bound.value.close(promise: nil) }
        if isReadPending {
            isReadPending = false
            context.read()
        }
        return written
    }
}
