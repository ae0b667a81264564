private import JSON
private import JSONRPC
internal import NIOCore

/// One connection on which each line is a JSON-RPC message, and each response is a line.
///
/// Confined to the connection's event loop.
final class LineSocketHandler: ChannelDuplexHandler, MessageChannel {
    typealias InboundIn = [UInt8]
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let exchange: MessageExchange
    private let limits: MessageLimits
    private let monitor: ConnectionMonitor
    private let writer: ReplyWriter
    private var phase = Phase.open
    private var isFirstLine = true
    private var gate = ReadGate()
    private var isInputClosed = false
    private var context: ChannelHandlerContext?
    private let watch: IdleWatch

    private enum Phase {
        case open
        /// No more messages are read; responses to earlier ones are sent.
        case finishing
        /// All responses are sent; further bytes of the client are discarded.
        case closing
    }

    private static let lineEnd = ByteBuffer(string: "\n")

    init(
        exchange: MessageExchange,
        limits: MessageLimits,
        executor: EventLoopExecutor,
        monitor: ConnectionMonitor
    ) {
        self.exchange = exchange
        self.limits = limits
        self.monitor = monitor
        writer = ReplyWriter(monitor: monitor, maximumUnreadBytes: limits.maximumUnreadBytes)
        watch = IdleWatch(timeout: limits.idleTimeout, executor: executor)
    }

    // MARK: - Life of the connection

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        exchange.carrier = self
        watch.start { [unowned self] _ in idle() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stop()
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        exchange.peerAddress = context.remoteAddress?.ipAddress
        monitor.setWaitsForClient(true)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    private func stop() {
        watch.stop()
        exchange.stop()
        writer.removeAll()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            if phase == .open { finish(context) }
        case is ConnectionMonitor.RequestBytesExhausted:
            monitor.forgetIncomplete()
            if phase == .open { refuse(.overloaded, context) }
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
        refuse(.refusal("A line holds at most \(limits.maximumMessageBytes) bytes; the connection is closed."), context)
    }

    private func refuse(_ error: RPCError, _ context: ChannelHandlerContext) {
        send(error.response(id: .null))
        finish(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            watch.touch()
            flush(context)
        }
        context.fireChannelWritabilityChanged()
    }

    private func idle() {
        // A client that waits for notifications may be silent.
        if exchange.waitsForClient || !writer.isEmpty { context?.close(promise: nil) } else { watch.touch() }
    }

    // MARK: - Lines

    private func mayRead(_ context: ChannelHandlerContext) -> Bool {
        phase != .open || (exchange.hasRoom && writer.isEmpty && context.channel.isWritable)
    }

    func read(context: ChannelHandlerContext) {
        if gate.request(isOpen: mayRead(context)) { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let line = unwrapInboundIn(data)
        monitor.messageDidEnd()
        guard phase == .open, !line.isEmpty else { return }
        watch.touch()
        guard !isFirstLine || !Self.isHTTP(line) else {
            let detail = "Each line must be a JSON-RPC message, and this is HTTP; the connection is closed."
            refuse(.refusal(detail), context)
            return
        }
        isFirstLine = false
        exchange.take(line)
        monitor.setWaitsForClient(exchange.waitsForClient)
    }

    /// Whether a line is the request line of HTTP.
    ///
    /// A page of any site can make a browser send an HTTP request here, with lines of its own in the body.
    private static func isHTTP(_ line: [UInt8]) -> Bool {
        ["HTTP/1.1", "HTTP/1.0"].contains { line.suffix($0.utf8.count).elementsEqual($0.utf8) }
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
        guard let context else { return }
        if !writer.append(reply.onOneLine, before: Self.lineEnd) { context.close(promise: nil) }
    }

    func repliesDidComplete() {
        guard let context else { return }
        watch.touch()
        monitor.setWaitsForClient(exchange.waitsForClient)
        flush(context)
    }

    /// Writes queued replies, then resumes the calls that were held back.
    private func flush(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        writer.flush(context) { [exchange] in
            exchange.resume()
        } resume: {
            let handler = bound.value
            if let context = handler.context { handler.flush(context) }
        }
        if phase == .finishing { closeIfIdle(context) } else { resumeReading(context) }
    }

    // MARK: - The end

    /// Stops reading, completes the calls in progress, and closes the connection.
    private func finish(_ context: ChannelHandlerContext) {
        phase = .finishing
        resumeReading(context)
        flush(context)
    }

    private func closeIfIdle(_ context: ChannelHandlerContext) {
        guard phase == .finishing, exchange.isIdle, writer.isEmpty else { return }
        phase = .closing
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        // An empty write, so that the future succeeds after all earlier writes.
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in
            let (handler, context) = bound.value
            guard !handler.isInputClosed else { return context.close(promise: nil) }
            context.closeAfterLingering(handler.limits.lingerTimeout)
        }
    }
}

extension RPCError {
    /// The error before a connection is closed.
    fileprivate static func refusal(_ detail: String) -> RPCError {
        RPCError(.invalidRequest, "Invalid Request", data: ["code": "BAD_REQUEST", "detail": .string(detail)])
    }

    /// The error of a request for which there is no memory.
    fileprivate static let overloaded = RPCError(
        .internalError,
        "Too many requests are arriving at once; retry in 1 second.",
        data: ["code": "OVERLOADED", "retryAfter": 1]
    )
}
