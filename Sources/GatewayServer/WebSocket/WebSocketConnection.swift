internal import NIOCore
internal import NIOWebSocket

/// One WebSocket connection: its frames, its pings, and its end, independent of the protocol of its messages.
///
/// Confined to the connection's event loop.
///
/// https://www.rfc-editor.org/rfc/rfc6455
final class WebSocketConnection: ChannelDuplexHandler, MessageChannel {
    typealias InboundIn = WebSocketFrame
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let messages: any WebSocketMessaging
    private let limits: MessageLimits
    private var assembler: WebSocketMessageAssembler
    private var phase = Phase.open
    private var gate = ReadGate()
    private let monitor: ConnectionMonitor
    private let writer: ReplyWriter
    private var context: ChannelHandlerContext?
    private let watch: IdleWatch

    private enum Phase {
        case open
        /// Operations in progress are completed, then the connection ends with this code.
        case draining(WebSocketEnd)
        /// The close frame is sent; the connection waits for the client's.
        case closing
    }

    init(
        _ messages: any WebSocketMessaging,
        limits: MessageLimits,
        executor: EventLoopExecutor,
        monitor: ConnectionMonitor
    ) {
        self.messages = messages
        self.limits = limits
        self.monitor = monitor
        writer = ReplyWriter(monitor: monitor, maximumUnreadBytes: limits.maximumUnreadBytes)
        assembler = WebSocketMessageAssembler(maximumMessageBytes: limits.maximumMessageBytes)
        watch = IdleWatch(timeout: limits.idleTimeout, executor: executor)
    }

    /// Whether messages can still be sent.
    var isOpen: Bool { context != nil && !isClosing }

    /// Whether the connection ends as soon as no operation is in progress.
    var isDraining: Bool { if case .draining = phase { true } else { false } }

    private var isClosing: Bool { if case .closing = phase { true } else { false } }

    // MARK: - Life of the connection

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        watch.start { [unowned self] expiries in idle(expiries) }
        messages.begin(on: self)
        monitor.setWaitsForClient(true)
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
        watch.stop()
        messages.stop()
        writer.removeAll()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent: drain(.goingAway)
        case is ConnectionMonitor.RequestBytesExhausted:
            monitor.forgetIncomplete()
            fail(.overloaded, context)
        case ChannelEvent.inputClosed: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
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
            if !writer.isEmpty { watch.touch() }
            flush(context)
        }
        context.fireChannelWritabilityChanged()
    }

    /// Pings an idle client, and closes the connection of a client that sends no pong or does not read.
    private func idle(_ expiries: Int) {
        guard let context else { return }
        if !messages.isIdle, writer.isEmpty {
            watch.touch()
        } else if expiries == 1, context.channel.isWritable, !isClosing {
            send(.ping, ByteBuffer(), context)
            flush(context)
        } else {
            context.close(promise: nil)
        }
    }

    // MARK: - Frames

    private func mayRead(_ context: ChannelHandlerContext) -> Bool {
        isClosing || (messages.hasRoom && writer.isEmpty && context.channel.isWritable)
    }

    func read(context: ChannelHandlerContext) {
        if gate.request(isOpen: mayRead(context)) { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        watch.touch()
        guard !isClosing else {
            if frame.opcode == .connectionClose { context.close(promise: nil) }
            return
        }
        let action = assembler.add(frame)
        monitor.messageDidEnd(holding: assembler.byteCount)
        switch action {
        case .nothing: break
        case .message(let message):
            messages.take(message)
            monitor.setWaitsForClient(messages.waitsForClient)
        case .pong(let data):
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

    /// Whether the client has read all that was sent.
    var isDrained: Bool { writer.isEmpty && context?.channel.isWritable ?? false }

    func send(_ reply: [UInt8]) {
        guard let context, isOpen else { return }
        if !writer.append(reply, after: WebSocketFrameHead.bytes(.text, length: reply.count)) {
            context.close(promise: nil)
        }
    }

    /// Whether another result may be sent: the channel is writable, and few bytes are queued.
    var takesMore: Bool { isOpen && writer.count < OutboundQueue.sliceBytes && context?.channel.isWritable ?? false }

    /// Sends an encoded frame.
    func send(frame: ByteBuffer) {
        guard let context, isOpen else { return }
        if !writer.append(frame) { context.close(promise: nil) }
    }

    /// Sends a message between a prefix and a suffix, without copying it.
    func send(_ message: [UInt8], after prefix: [UInt8], before suffix: [UInt8]) {
        guard let context, isOpen else { return }
        let length = prefix.count + message.count + suffix.count
        var head = WebSocketFrameHead.bytes(.text, length: length)
        head.writeBytes(prefix)
        if !writer.append(message, after: head, before: ByteBuffer(bytes: suffix)) { context.close(promise: nil) }
    }

    func repliesDidComplete() {
        guard let context, isOpen else { return }
        monitor.setWaitsForClient(messages.waitsForClient)
        flush(context)
    }

    /// Writes queued replies, then resumes the operations that were held back.
    private func flush(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        writer.flush(context) { [messages] in
            messages.clientDidRead()
        } resume: {
            let connection = bound.value
            if let context = connection.context { connection.flush(context) }
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

    /// Ends the connection when all operations in progress have their responses.
    func drain(_ end: WebSocketEnd) {
        guard case .open = phase, let context else { return }
        phase = .draining(end)
        messages.drain()
        endIfDrained(context)
    }

    private func endIfDrained(_ context: ChannelHandlerContext) {
        if case .draining(let end) = phase, messages.isIdle, writer.isEmpty { close(end, context) }
    }

    /// Ends the connection now: operations in progress get no response.
    func end(_ end: WebSocketEnd) {
        guard let context, isOpen else { return }
        close(end, context)
    }

    /// Echoes the client's close frame; the server closes the connection.
    ///
    /// https://www.rfc-editor.org/rfc/rfc6455#section-7.1.1
    private func replyToClose(_ code: UInt16?, _ context: ChannelHandlerContext) {
        phase = .closing
        messages.stop()
        var data = ByteBuffer()
        if let code { data.writeInteger(code) }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        writeLast(data, context).whenComplete { _ in bound.value.close(promise: nil) }
    }

    /// Ends the connection of a client that violates the protocol: later frames are ignored.
    private func fail(_ failure: WebSocketFailure, _ context: ChannelHandlerContext) {
        guard !isClosing else { return }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        close(WebSocketEnd(failure), context).whenComplete { _ in bound.value.close(mode: .output, promise: nil) }
    }

    /// Sends a close frame, and waits for the client's until a timeout.
    @discardableResult
    private func close(_ end: WebSocketEnd, _ context: ChannelHandlerContext) -> EventLoopFuture<Void> {
        phase = .closing
        messages.stop()
        var data = ByteBuffer()
        data.writeInteger(end.code)
        data.writeString(end.reason)
        let written = writeLast(data, context)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: limits.lingerTimeout) { bound.value.close(promise: nil) }
        resumeReading(context)
        return written
    }

    /// Writes a close frame after the bytes that the channel accepts; other queued bytes are dropped.
    private func writeLast(_ data: ByteBuffer, _ context: ChannelHandlerContext) -> EventLoopFuture<Void> {
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        // Earlier replies are written first if the channel accepts them.
        writer.flush(context, whenTaken: {}, resume: { _ = bound })
        writer.removeAll()
        var frame = WebSocketFrameHead.bytes(.connectionClose, length: data.readableBytes)
        frame.writeImmutableBuffer(data)
        return context.writeAndFlush(wrapOutboundOut(frame))
    }
}
