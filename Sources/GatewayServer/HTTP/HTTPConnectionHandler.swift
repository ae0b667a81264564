private import DequeModule
private import Gateway
internal import NIOCore
internal import NIOHTTP1

/// One HTTP/1 connection: gathers requests, answers them one after another, and reads no further while one is being
/// answered or while the client does not take the answers.
///
/// Confined to the connection's event loop.
final class HTTPConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    typealias RequestDecoder = ByteToMessageHandler<HTTPRequestDecoder>

    private let endpoint: any Endpoint
    let limits: ConnectionLimits
    /// The handler before this one; another one after a request that stops it.
    var decoder: RequestDecoder
    let executor: EventLoopExecutor
    private var gathering = RequestGathering()
    /// Complete requests that wait for the one before them.
    private var waiting = Deque<HTTPRequest>()
    /// The request being answered.
    private var answering: Answering?
    /// What is answered after all requests before it: the input cannot be read on.
    private var refusal: HTTPResponse?
    private var phase = Phase.serving
    /// Whether requests are being taken from `waiting` further up the stack.
    private var isProceeding = false
    private var isReadPending = false
    private var isDraining = false
    private var isInputClosed = false
    private var date = HTTPDate()
    /// When the connection is closed unless something happens.
    private var idleDeadline = NIODeadline.now()
    private var idleCheck: Scheduled<Void>?

    private struct Answering {
        let framing: ResponseFraming
        /// Whether nothing after the request has been decoded.
        let isDecoderStopped: Bool
    }

    private enum Phase {
        case serving
        /// The last answer is being written; nothing is answered any more.
        case finishing
        /// The last answer is written; what the client still sends is thrown away, so that it can read the answer.
        case lingering
        /// Another protocol is spoken; what comes is not for this handler any more.
        case upgraded
    }

    init(endpoint: any Endpoint, limits: ConnectionLimits, decoder: RequestDecoder, executor: EventLoopExecutor) {
        self.decoder = decoder
        self.endpoint = endpoint
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
        guard phase != .upgraded else {
            context.fireChannelInactive()
            return
        }
        // The task goes on: its calls are paid for, and others may wait for the same answers.
        answering = nil
        phase = .finishing
        waiting.removeAll()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard phase != .upgraded else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        switch event {
        case is ChannelShouldQuiesceEvent:
            isDraining = true
            if isIdle { context.close(promise: nil) }
        case ChannelEvent.inputClosed:
            isInputClosed = true
            if phase == .lingering || (phase == .serving && isAnswered) { context.close(promise: nil) }
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard phase != .upgraded else {
            context.fireErrorCaught(error)
            return
        }
        guard phase == .serving else { return }
        switch error {
        case HTTPParserError.headerOverflow:
            let message = "The header fields are larger than \(limits.maximumHeaderBytes) bytes, or too many."
            refuse(.error(.requestHeaderFieldsTooLarge, .headersTooLarge, message), context)
        case is HTTPParserError, is NIOHTTPDecoderError:
            refuse(.error(.badRequest, .badRequest, "The request is not HTTP/1.1."), context)
        default:
            context.close(promise: nil)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            idleDeadline = .now() + limits.idleTimeout
            proceed(context)
        }
        context.fireChannelWritabilityChanged()
    }

    /// Whether all complete requests are answered.
    private var isAnswered: Bool { answering == nil && waiting.isEmpty }

    private var isIdle: Bool { isAnswered && gathering.isEmpty }

    /// One check at a time for a connection, instead of one timer for each request.
    private func scheduleIdleCheck(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        idleCheck = context.eventLoop.scheduleTask(deadline: idleDeadline) {
            let (handler, context) = bound.value
            guard handler.phase != .upgraded else { return }
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
        if phase == .lingering || phase == .upgraded || (isAnswered && context.channel.isWritable) {
            context.read()
        } else {
            isReadPending = true
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard phase != .upgraded else {
            context.fireChannelRead(data)
            return
        }
        guard phase == .serving, refusal == nil else { return }
        switch gathering.add(unwrapInboundIn(data), maximumBodyBytes: limits.maximumBodyBytes) {
        case .more:
            break
        case .sendContinue:
            // Only to a request that is next in turn; any other gets the answers of those before it first.
            guard isAnswered else { break }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
        case .complete(let request):
            idleDeadline = .now() + limits.idleTimeout
            waiting.append(request)
            proceed(context)
        case .refuse(.tooLarge):
            refuse(.payloadTooLarge(maximum: limits.maximumBodyBytes), context)
        case .refuse(.host):
            refuse(.error(.badRequest, .badRequest, "A request needs one header field Host, and no other."), context)
        case .refuse(.transferCoding):
            let message = "The transfer coding is not known: send the body with Content-Length, or chunked."
            refuse(.error(.notImplemented, .badRequest, message), context)
        }
    }

    /// Answers with an error, after the requests before it; nothing more is read from the connection.
    private func refuse(_ response: HTTPResponse, _ context: ChannelHandlerContext) {
        refusal = response
        proceed(context)
    }

    /// Answers the requests that wait, as long as answers are ready and the client takes them.
    private func proceed(_ context: ChannelHandlerContext) {
        guard !isProceeding, phase == .serving else { return }
        isProceeding = true
        defer { isProceeding = false }
        while phase == .serving, answering == nil, context.channel.isWritable, let next = waiting.popFirst() {
            answer(next, context)
        }
        // Answers that were ready at once leave together.
        context.flush()
        guard phase == .serving, isAnswered, context.channel.isWritable else { return }
        if let refusal {
            let framing = ResponseFraming(version: .http1_1, keepsAlive: false, isHead: false)
            end(with: refusal, framing: framing, context, lingers: true)
        } else if isReadPending {
            isReadPending = false
            context.read()
        }
    }

    private func answer(_ request: HTTPRequest, _ context: ChannelHandlerContext) {
        answering = Answering(
            framing: ResponseFraming(
                version: request.head.version,
                keepsAlive: request.head.isKeepAlive && !isDraining,
                isHead: request.method == .HEAD
            ),
            isDecoderStopped: request.stopsDecoder
        )
        switch endpoint.reply(to: request) {
        case .now(let response):
            finish(response, context)
        case .later(let respond):
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            // Runs here and now until something has to be waited for; what is kept needs no other turn of the loop.
            Task.immediate(executorPreference: executor) {
                let response = await respond()
                let (handler, context) = bound.value
                handler.finish(response, context)
            }
        case .upgrade(let upgrade):
            phase = .upgraded
            idleCheck?.cancel()
            self.upgrade(upgrade, context)
        }
    }

    // MARK: - Answers

    private func finish(_ response: HTTPResponse, _ context: ChannelHandlerContext) {
        guard let answered = answering, context.channel.isActive else { return }
        var framing = answered.framing
        answering = nil
        let isLast = isInputClosed && waiting.isEmpty && refusal == nil
        framing.keepsAlive = framing.keepsAlive && !response.closesConnection && !isDraining
        guard framing.keepsAlive, !isLast else {
            end(with: response, framing: framing, context, lingers: false)
            return
        }
        context.write(wrapOutboundOut(encode(response, framing, context)), promise: nil)
        idleDeadline = .now() + limits.idleTimeout
        if answered.isDecoderStopped { restartDecoder(context) }
        proceed(context)
    }

    /// Writes the last answer and closes the connection.
    ///
    /// A client that may still be sending is let linger: if the connection were closed at once, its bytes would be
    /// answered with a reset, which can take the answer from it.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-9.6
    private func end(
        with response: HTTPResponse,
        framing: ResponseFraming,
        _ context: ChannelHandlerContext,
        lingers: Bool
    ) {
        phase = .finishing
        waiting.removeAll()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(encode(response, framing, context))).whenComplete { _ in
            let (handler, context) = bound.value
            if lingers, !handler.isInputClosed { handler.linger(context) } else { context.close(promise: nil) }
        }
    }

    private func linger(_ context: ChannelHandlerContext) {
        phase = .lingering
        context.close(mode: .output, promise: nil)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: limits.lingerTimeout) { bound.value.close(promise: nil) }
        if isReadPending {
            isReadPending = false
            context.read()
        }
    }

    private func encode(
        _ response: HTTPResponse,
        _ framing: ResponseFraming,
        _ context: ChannelHandlerContext
    ) -> ByteBuffer {
        var buffer = context.channel.allocator.buffer(capacity: response.body.count + 256)
        buffer.write(response, framing: framing, date: date.now())
        return buffer
    }
}
