internal import Gateway
internal import JSON
internal import NIOCore
internal import NIOWebSocket

/// One WebSocket connection of `graphql-transport-ws`.
///
/// Confined to the connection's event loop; its operations run as tasks on the same loop, and write by themselves.
///
/// https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
final class GraphQLSocketHandler: ChannelDuplexHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var access: GraphQLSocketAccess
    private let limits: MessageLimits
    private let executor: EventLoopExecutor
    private let monitor: ConnectionMonitor
    private var assembler: WebSocketMessageAssembler
    private var phase = Phase.new
    private var operations: [String: Task<Void, Never>] = [:]
    /// How many operations have not ended, those among them that are cancelled.
    private var running = 0 {
        didSet { monitor.setWaitsForClient(running == 0) }
    }
    private var initialization: Scheduled<Void>?
    private var watch: IdleWatch?
    private var context: ChannelHandlerContext?
    /// What the client has not taken.
    private let outbound: OutboundQueue
    /// The operations that wait until it has.
    private var writers: [CheckedContinuation<Void, any Error>] = []
    private var gate = ReadGate()

    private enum Phase {
        /// The first message has not come.
        case new
        case acknowledged
        /// The closing frame is sent.
        case closing
    }

    init(
        access: GraphQLSocketAccess,
        limits: MessageLimits,
        executor: EventLoopExecutor,
        monitor: ConnectionMonitor
    ) {
        self.access = access
        self.limits = limits
        self.executor = executor
        self.monitor = monitor
        outbound = OutboundQueue(unread: monitor)
        assembler = WebSocketMessageAssembler(maximumMessageBytes: limits.maximumMessageBytes)
    }

    // MARK: - Life of the connection

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        monitor.setWaitsForClient(true)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        initialization = context.eventLoop.scheduleTask(in: limits.initializationTimeout) {
            let (handler, context) = bound.value
            if handler.phase == .new { handler.end(.initializationTimeout, context) }
        }
        watch = IdleWatch(timeout: limits.idleTimeout, eventLoop: context.eventLoop)
        watch?.start { expiries in
            let (handler, context) = bound.value
            handler.idle(expiries, context)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stop()
        self.context = nil
        forgetUnread()
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        forgetUnread()
        context.fireChannelInactive()
    }

    private func stop() {
        initialization?.cancel()
        watch?.stop()
        for task in operations.values { task.cancel() }
        operations = [:]
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent: end(.goingAway, context)
        case is ConnectionMonitor.RequestBytesExhausted:
            monitor.forgetIncomplete()
            end(GraphQLSocketEnd(.overloaded), context)
        case ChannelEvent.inputClosed: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? NIOWebSocketError else {
            context.close(promise: nil)
            return
        }
        end(GraphQLSocketEnd(WebSocketFailure(error)), context)
    }

    /// Pings a silent client, and closes the connection of one that sends no pong.
    private func idle(_ expiries: Int, _ context: ChannelHandlerContext) {
        if expiries == 1, phase != .closing {
            write(.ping, [], context)
        } else {
            context.close(promise: nil)
        }
    }

    // MARK: - Frames

    /// A client that does not read what it is sent is not read from either.
    private func mayRead(_ context: ChannelHandlerContext) -> Bool {
        phase == .closing || (outbound.isEmpty && context.channel.isWritable)
    }

    func read(context: ChannelHandlerContext) {
        if gate.request(isOpen: mayRead(context)) { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        watch?.touch()
        guard phase != .closing else {
            if frame.opcode == .connectionClose { context.close(promise: nil) }
            return
        }
        switch assembler.add(frame) {
        case .nothing: break
        case .message(let message):
            monitor.messageDidEnd(message.count)
            take(message, context)
        case .pong(let data):
            monitor.messageDidEnd(data.readableBytes)
            write(.pong, Array(data.readableBytesView), context)
        case .close(let code): replyToClose(code, context)
        case .fail(let failure): end(GraphQLSocketEnd(failure), context)
        }
    }

    private func take(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        let message: GraphQLSocketMessage
        do throws(GraphQLSocketMessage.Invalid) {
            message = try GraphQLSocketMessage(bytes)
        } catch {
            return end(.invalid(error.reason), context)
        }
        switch message {
        case .initialize(let payload):
            guard phase == .new else { return end(.secondInitialization, context) }
            initialization?.cancel()
            do throws(GraphQLSocketEnd) {
                try access.initialize(payload)
            } catch {
                return end(error, context)
            }
            phase = .acknowledged
            write(.text, Array("{\"type\":\"connection_ack\"}".utf8), context)
        case .ping(let payload):
            let members =
                payload.map { JSONObject([("type", "pong"), ("payload", $0)]) } ?? JSONObject([("type", "pong")])
            write(.text, JSONValue.object(members).serialized(), context)
        case .pong: break
        case .subscribe(let id, let request):
            guard phase == .acknowledged else { return end(.unauthorized, context) }
            guard operations[id] == nil else { return end(.duplicate(id), context) }
            guard running < limits.maximumOutstanding else { return end(.tooManyOperations, context) }
            begin(id, request, context)
        case .complete(let id):
            guard phase == .acknowledged else { return end(.unauthorized, context) }
            operations.removeValue(forKey: id)?.cancel()
        }
    }

    private func begin(_ id: String, _ request: GraphQLRequest, _ context: ChannelHandlerContext) {
        let start: (service: GatewayService, caller: Caller)
        do throws(GraphQLSocketEnd) {
            start = try access.begin()
        } catch {
            return end(error, context)
        }
        let prepared = start.service.prepare(request, for: start.caller)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let operation = GraphQLSocketOperation(
            id: id,
            eventLoop: context.eventLoop,
            writeMessage: { text, writer in bound.value.write(text, writer) },
            refusal: { [access] in access.refusal },
            endConnection: { reason in
                let handler = bound.value
                if let context = handler.context { handler.end(reason, context) }
            }
        )
        running += 1
        operations[id] = Task(executorPreference: executor) {
            await operation.run(prepared, of: request)
            bound.value.running -= 1
            // One that was cancelled has left the table, where its id may stand for another one.
            if !Task.isCancelled { bound.value.operations[id] = nil }
        }
    }

    // MARK: - Writing

    private func write(_ opcode: WebSocketOpcode, _ bytes: [UInt8], _ context: ChannelHandlerContext) {
        var frame = WebSocketFrameHead.bytes(opcode, length: bytes.count)
        frame.writeBytes(bytes)
        outbound.append(frame)
        flush(context)
    }

    /// Writes the message of an operation, which goes on when the client has taken it.
    private func write(_ text: [UInt8], _ writer: CheckedContinuation<Void, any Error>) {
        guard let context, phase != .closing else { return writer.resume(throwing: ChannelError.ioOnClosedChannel) }
        outbound.append(WebSocketFrameHead.bytes(.text, length: text.count))
        outbound.append(text)
        writers.append(writer)
        flush(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            watch?.touch()
            flush(context)
        }
        context.fireChannelWritabilityChanged()
    }

    /// Hands over what the client takes; too much that it does not take ends the connection.
    private func flush(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        outbound.write(context) {
            let handler = bound.value
            if let context = handler.context { handler.flush(context) }
        }
        context.flush()
        outbound.settle(context.channel)
        guard outbound.count <= limits.maximumUnreadBytes else {
            stop()
            context.close(promise: nil)
            return
        }
        if outbound.isEmpty, context.channel.isWritable { resumeWriters() }
        if mayRead(context), gate.open() { context.read() }
    }

    private func resumeWriters() {
        let waiting = writers
        writers = []
        for writer in waiting { writer.resume() }
    }

    /// Forgets what the client will not take any more.
    private func forgetUnread() {
        outbound.removeAll()
        let waiting = writers
        writers = []
        for writer in waiting { writer.resume(throwing: ChannelError.ioOnClosedChannel) }
    }

    /// Writes a closing frame after all that has been handed over; what waits for the client is forgotten.
    private func writeClose(_ data: ByteBuffer, _ context: ChannelHandlerContext) -> EventLoopFuture<Void> {
        var frame = WebSocketFrameHead.bytes(.connectionClose, length: data.readableBytes)
        frame.writeImmutableBuffer(data)
        forgetUnread()
        let written = context.writeAndFlush(wrapOutboundOut(frame))
        // What the client sends from now on is read until its own closing frame comes.
        if gate.open() { context.read() }
        return written
    }

    private func replyToClose(_ code: UInt16?, _ context: ChannelHandlerContext) {
        phase = .closing
        stop()
        var data = ByteBuffer()
        if let code { data.writeInteger(code) }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        writeClose(data, context).whenComplete { _ in bound.value.close(promise: nil) }
    }

    /// Sends a closing frame, and gives the client time to send its own.
    private func end(_ end: GraphQLSocketEnd, _ context: ChannelHandlerContext) {
        guard phase != .closing else { return }
        phase = .closing
        stop()
        var data = ByteBuffer()
        data.writeInteger(end.code)
        data.writeString(end.reason)
        _ = writeClose(data, context)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: limits.lingerTimeout) { bound.value.close(promise: nil) }
    }
}

extension GraphQLSocketEnd {
    /// The end of a connection whose client breaks the protocol below.
    fileprivate init(_ failure: WebSocketFailure) { self.init(failure.code, failure.reason) }
}
