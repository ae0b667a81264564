private import DequeModule
internal import NIOCore
internal import NIOHTTP1

/// One HTTP/1 connection: gathers requests, answers them one after another, and reads no further while one is being
/// answered.
///
/// Confined to the connection's event loop.
final class HTTPConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let door: any Door
    private let limits: ConnectionLimits
    private let executor: EventLoopExecutor
    private var gathering = RequestGathering()
    /// Complete requests that wait for the one before them.
    private var waiting = Deque<HTTPRequest>()
    /// The request being answered.
    private var answering: Answering?
    private var heldRead = false
    private var isDraining = false
    private var isInputClosed = false
    private var date = HTTPDate()
    /// When the connection is closed unless something happens.
    private var idleDeadline = NIODeadline.now()
    private var idleCheck: Scheduled<Void>?

    private struct Answering {
        let framing: ResponseFraming
        var task: Task<Void, Never>?
    }

    init(door: any Door, limits: ConnectionLimits, executor: EventLoopExecutor) {
        self.door = door
        self.limits = limits
        self.executor = executor
    }

    // MARK: - Life of the connection

    func channelActive(context: ChannelHandlerContext) {
        idleDeadline = .now() + limits.idleTimeout
        scheduleIdleCheck(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        idleCheck?.cancel()
        answering?.task?.cancel()
        answering = nil
        waiting.removeAll()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            isDraining = true
            if isIdle { context.close(promise: nil) }
        case ChannelEvent.inputClosed:
            isInputClosed = true
            if answering == nil, waiting.isEmpty { context.close(promise: nil) }
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError || error is NIOHTTPDecoderError, answering == nil else {
            context.close(promise: nil)
            return
        }
        refuse(.text(.badRequest, "The request is not HTTP."), context)
    }

    private var isIdle: Bool { answering == nil && waiting.isEmpty && gathering.isEmpty }

    /// One check at a time for a connection, instead of one timer for each request.
    private func scheduleIdleCheck(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        idleCheck = context.eventLoop.scheduleTask(deadline: idleDeadline) {
            let (handler, context) = bound.value
            if handler.answering == nil, NIODeadline.now() >= handler.idleDeadline {
                context.close(promise: nil)
            } else {
                if handler.answering != nil { handler.idleDeadline = .now() + handler.limits.idleTimeout }
                handler.scheduleIdleCheck(context)
            }
        }
    }

    // MARK: - Requests

    func read(context: ChannelHandlerContext) {
        if answering == nil, waiting.isEmpty { context.read() } else { heldRead = true }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch gathering.add(unwrapInboundIn(data), maximumBodyBytes: limits.maximumBodyBytes) {
        case .more:
            break
        case .sendContinue:
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
        case .complete(let request):
            idleDeadline = .now() + limits.idleTimeout
            if answering == nil { answer(request, context) } else { waiting.append(request) }
        case .tooLarge:
            let limit = limits.maximumBodyBytes
            refuse(.text(.payloadTooLarge, "The body is larger than \(limit) bytes, the most that is taken."), context)
        }
    }

    /// Answers with an error after which nothing more is read from the connection.
    private func refuse(_ response: HTTPResponse, _ context: ChannelHandlerContext) {
        var response = response
        response.closesConnection = true
        waiting.removeAll()
        answering = Answering(framing: ResponseFraming(version: .http1_1, keepsAlive: false, isHead: false))
        finish(response, context)
    }

    private func answer(_ request: HTTPRequest, _ context: ChannelHandlerContext) {
        answering = Answering(
            framing: ResponseFraming(
                version: request.head.version,
                keepsAlive: request.head.isKeepAlive && !isDraining,
                isHead: request.method == .HEAD
            )
        )
        switch door.reply(to: request) {
        case .now(let response):
            finish(response, context)
        case .later(let respond):
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            answering?.task = Task(executorPreference: executor) {
                let response = await respond()
                guard !Task.isCancelled else { return }
                let (handler, context) = bound.value
                handler.finish(response, context)
            }
        }
    }

    private func finish(_ response: HTTPResponse, _ context: ChannelHandlerContext) {
        guard let framing = answering?.framing, context.channel.isActive else { return }
        answering = nil
        let keepsAlive = framing.keepsAlive && !response.closesConnection && !isDraining
        var buffer = context.channel.allocator.buffer(capacity: response.body.count + 256)
        buffer.write(
            response,
            framing: ResponseFraming(version: framing.version, keepsAlive: keepsAlive, isHead: framing.isHead),
            date: date.now()
        )
        guard keepsAlive, !(isInputClosed && waiting.isEmpty) else {
            waiting.removeAll()
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            context.writeAndFlush(wrapOutboundOut(buffer)).whenComplete { _ in bound.value.close(promise: nil) }
            return
        }
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
        idleDeadline = .now() + limits.idleTimeout
        if let next = waiting.popFirst() {
            answer(next, context)
        } else if heldRead {
            heldRead = false
            context.read()
        }
    }
}
