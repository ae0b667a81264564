internal import Gateway
internal import JSON
internal import NIOCore
internal import NIOWebSocket

/// One WebSocket connection of `graphql-transport-ws`.
///
/// Confined to the connection's event loop; its operations run as tasks on the same loop, and write by themselves.
///
/// https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
final class GraphQLSocketHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = ByteBuffer

    private let service: GatewayService
    private var caller: Caller
    private let limits: MessageLimits
    private let executor: EventLoopExecutor
    private let monitor: ConnectionMonitor
    private var assembler: WebSocketMessageAssembler
    private var phase = Phase.new
    private var operations: [String: Task<Void, Never>] = [:]
    private var initialization: Scheduled<Void>?
    private var watch: IdleWatch?

    private enum Phase {
        /// The first message has not come.
        case new
        case acknowledged
        /// The closing frame is sent.
        case closing
    }

    init(
        service: GatewayService,
        caller: Caller,
        limits: MessageLimits,
        executor: EventLoopExecutor,
        monitor: ConnectionMonitor
    ) {
        self.service = service
        self.caller = caller
        self.limits = limits
        self.executor = executor
        self.monitor = monitor
        assembler = WebSocketMessageAssembler(maximumMessageBytes: limits.maximumMessageBytes)
    }

    // MARK: - Life of the connection

    func handlerAdded(context: ChannelHandlerContext) {
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

    func handlerRemoved(context: ChannelHandlerContext) { stop() }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
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
            phase = .acknowledged
            initialization?.cancel()
            caller.take(payload)
            write(.text, Array("{\"type\":\"connection_ack\"}".utf8), context)
        case .ping(let payload):
            let members =
                payload.map { JSONObject([("type", "pong"), ("payload", $0)]) } ?? JSONObject([("type", "pong")])
            write(.text, JSONValue.object(members).serialized(), context)
        case .pong: break
        case .subscribe(let id, let request):
            guard phase == .acknowledged else { return end(.unauthorized, context) }
            guard operations[id] == nil else { return end(.duplicate(id), context) }
            guard operations.count < limits.maximumOutstanding else { return end(.tooManyOperations, context) }
            begin(id, request, context)
        case .complete(let id):
            guard phase == .acknowledged else { return end(.unauthorized, context) }
            operations.removeValue(forKey: id)?.cancel()
        }
    }

    private func begin(_ id: String, _ request: GraphQLRequest, _ context: ChannelHandlerContext) {
        let prepared = service.prepare(request, for: caller)
        let operation = GraphQLSocketOperation(id: id, channel: context.channel)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        operations[id] = Task(executorPreference: executor) {
            await operation.run(prepared, of: request)
            // One that was cancelled has left the table, where its id may stand for another one.
            if !Task.isCancelled { bound.value.operations[id] = nil }
        }
    }

    // MARK: - Writing

    private func write(_ opcode: WebSocketOpcode, _ bytes: [UInt8], _ context: ChannelHandlerContext) {
        var frame = WebSocketFrameHead.bytes(opcode, length: bytes.count)
        frame.writeBytes(bytes)
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }

    private func replyToClose(_ code: UInt16?, _ context: ChannelHandlerContext) {
        phase = .closing
        stop()
        var data = ByteBuffer()
        if let code { data.writeInteger(code) }
        writeLast(data, context)
    }

    /// Sends a closing frame, and gives the client time to send its own.
    private func end(_ end: GraphQLSocketEnd, _ context: ChannelHandlerContext) {
        guard phase != .closing else { return }
        phase = .closing
        stop()
        var data = ByteBuffer()
        data.writeInteger(end.code)
        data.writeString(end.reason)
        var frame = WebSocketFrameHead.bytes(.connectionClose, length: data.readableBytes)
        frame.writeImmutableBuffer(data)
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: limits.lingerTimeout) { bound.value.close(promise: nil) }
    }

    private func writeLast(_ data: ByteBuffer, _ context: ChannelHandlerContext) {
        var frame = WebSocketFrameHead.bytes(.connectionClose, length: data.readableBytes)
        frame.writeImmutableBuffer(data)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(frame)).whenComplete { _ in bound.value.close(promise: nil) }
    }
}

extension GraphQLSocketEnd {
    /// The end of a connection whose client breaks the protocol below.
    fileprivate init(_ failure: WebSocketFailure) { self.init(failure.code, failure.reason) }
}

extension Caller {
    /// Takes the keys that the first message of a connection brings, as header fields would: `Authorization` and
    /// `Workspace-Key`, in the payload or in its member `headers`.
    fileprivate mutating func take(_ payload: JSONValue?) {
        let fields = (payload?["headers"]?.objectValue).map { Array($0) } ?? []
        let all = fields + ((payload?.objectValue).map { Array($0) } ?? [])
        func value(_ name: String) -> String? {
            all.first { $0.0.lowercased() == name }?.1.stringValue
        }
        let (authorization, keys) = (value("authorization"), value("workspace-key"))
        guard authorization != nil || keys != nil else { return }
        takeKeys(of: Caller(authorization: authorization, workspaceKeys: keys.map { [$0] } ?? []))
    }
}
