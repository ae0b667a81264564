private import JSON
private import JSONRPC
internal import NIOCore

/// One connection on which each line is a JSON-RPC message, and is answered by a line.
///
/// Confined to the connection's event loop.
final class LineSocketHandler: ChannelDuplexHandler, MessageChannel {
    typealias InboundIn = [UInt8]
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let exchange: MessageExchange
    private let limits: MessageLimits
    private var phase = Phase.open
    private var isFirstLine = true
    private var isReadPending = false
    private var isInputClosed = false
    private var context: ChannelHandlerContext?
    private var watch: IdleWatch?

    private enum Phase {
        case open
        /// Nothing more is taken; what has been taken is answered.
        case finishing
        /// All is answered; what the client still sends is thrown away.
        case closing
    }

    init(exchange: MessageExchange, limits: MessageLimits) {
        self.exchange = exchange
        self.limits = limits
    }

    // MARK: - Life of the connection

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        exchange.carrier = self
        watch = IdleWatch(timeout: limits.idleTimeout, eventLoop: context.eventLoop)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        watch?.start { _ in bound.value.idle() }
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
            if phase == .open { finish(context) }
        case ChannelEvent.inputClosed:
            isInputClosed = true
            switch phase {
            case .open: finish(context)
            case .finishing: break
            case .closing: context.close(promise: nil)
            }
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is LineDecoder.TooLong else {
            context.close(promise: nil)
            return
        }
        guard phase == .open else { return }
        refuse("A line holds at most \(limits.maximumMessageBytes) bytes; the connection ends here.", context)
    }

    private func refuse(_ detail: String, _ context: ChannelHandlerContext) {
        send(
            RPCError(.invalidRequest, "Invalid Request", data: ["code": "BAD_REQUEST", "detail": .string(detail)])
                .response(id: .null)
        )
        finish(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            watch?.touch()
            resumeReading(context)
        }
        context.fireChannelWritabilityChanged()
    }

    private func idle() {
        if exchange.isIdle { context?.close(promise: nil) } else { watch?.touch() }
    }

    // MARK: - Lines

    func read(context: ChannelHandlerContext) {
        if phase != .open || (exchange.hasRoom && context.channel.isWritable) {
            context.read()
        } else {
            isReadPending = true
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard phase == .open else { return }
        watch?.touch()
        let line = unwrapInboundIn(data)
        guard !isFirstLine || !Self.isHTTP(line) else {
            refuse("Each line is a JSON-RPC message here, and this is HTTP; the connection ends here.", context)
            return
        }
        isFirstLine = false
        exchange.take(line)
    }

    /// Whether a line is the first of an HTTP request.
    ///
    /// A page of any site can make a browser send one here, with lines of its own in the body.
    private static func isHTTP(_ line: [UInt8]) -> Bool {
        ["HTTP/1.1", "HTTP/1.0"].contains { line.suffix($0.utf8.count).elementsEqual($0.utf8) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.flush()
        context.fireChannelReadComplete()
    }

    private func resumeReading(_ context: ChannelHandlerContext) {
        guard isReadPending, phase != .open || (exchange.hasRoom && context.channel.isWritable) else { return }
        isReadPending = false
        context.read()
    }

    // MARK: - Answers

    func send(_ answer: [UInt8]) {
        guard let context else { return }
        var line = context.channel.allocator.buffer(capacity: answer.count + 1)
        line.writeBytes(answer)
        line.writeInteger(UInt8(ascii: "\n"))
        context.write(wrapOutboundOut(line), promise: nil)
    }

    func repliesDidComplete() {
        guard let context else { return }
        watch?.touch()
        context.flush()
        if phase == .finishing { closeIfAnswered(context) } else { resumeReading(context) }
    }

    // MARK: - The end

    /// Takes nothing more, answers what has been taken, and closes the connection.
    private func finish(_ context: ChannelHandlerContext) {
        phase = .finishing
        resumeReading(context)
        closeIfAnswered(context)
    }

    private func closeIfAnswered(_ context: ChannelHandlerContext) {
        guard phase == .finishing, exchange.isIdle else { return }
        phase = .closing
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        // Nothing is written, so that the end comes after all that is.
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in
            let (handler, context) = bound.value
            guard !handler.isInputClosed else { return context.close(promise: nil) }
            // A client that is still sending is let linger: else a reset could take the answers from it.
            context.close(mode: .output, promise: nil)
            context.eventLoop.scheduleTask(in: handler.limits.lingerTimeout) { bound.value.1.close(promise: nil) }
        }
    }
}
