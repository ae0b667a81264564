private import Gateway
internal import NIOCore
internal import NIOHTTP1

/// One HTTP/1 connection: performs the actions of its state machine, calls the endpoint, and writes responses as fast as the client
/// reads them.
///
/// Confined to the connection's event loop.
final class HTTP1ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    typealias DecodingHandler = ByteToMessageHandler<RequestDecoder>

    private let endpoint: any Endpoint
    let limits: ConnectionLimits
    /// The handler before this one; it is replaced after a request that stops it.
    var decoder: DecodingHandler
    let executor: EventLoopExecutor
    let monitor: ConnectionMonitor
    var machine: HTTP1StateMachine
    let outbound: OutboundQueue
    /// The request that is being executed.
    private var inProgress: RequestInProgress?
    private var stream: ResponseStream?
    private var streamed: StreamedRequestMemory
    /// The record that `RepeatedRequestHandler` makes of the bytes that it passes on.
    var passed: PassedRequest?
    /// The requests that wait for the response to the one that is being served.
    var flight: RequestFlight?
    /// This handler's context, as long as it is in a pipeline.
    private(set) var context: ChannelHandlerContext?
    /// Whether `proceed` is running further up the stack.
    private var isProceeding = false
    /// Whether `proceed` was called again meanwhile.
    private var hasNews = false
    var date = HTTPDate()
    /// The instant at which the connection is closed if it stays idle.
    private var idleDeadline = NIODeadline.now()
    private var idleCheck: Scheduled<Void>?

    /// The time for which the server, when it shuts down, waits for the rest of an incomplete request.
    private static let drainGrace = TimeAmount.seconds(5)

    init(
        endpoint: any Endpoint,
        limits: ConnectionLimits,
        isSecure: Bool = false,
        decoder: DecodingHandler,
        executor: EventLoopExecutor,
        monitor: ConnectionMonitor
    ) {
        self.decoder = decoder
        self.endpoint = endpoint
        self.limits = limits
        self.executor = executor
        self.monitor = monitor
        machine = HTTP1StateMachine(limits: limits, isSecure: isSecure)
        outbound = OutboundQueue(unread: monitor)
        streamed = StreamedRequestMemory(monitor)
    }

    // MARK: - Events of the channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        // After a TLS negotiation the connection is already open.
        if context.channel.isActive { begin(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelActive(context: ChannelHandlerContext) {
        begin(context)
        context.fireChannelActive()
    }

    private func begin(_ context: ChannelHandlerContext) {
        touch()
        machine.peerAddress = context.remoteAddress?.ipAddress
        monitor.setWaitsForClient(true)
        scheduleIdleCheck(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        idleCheck?.cancel()
        inProgress?.clientDidLeave()
        inProgress = nil
        monitor.changeUse(by: -machine.didClose())
        outbound.removeAll()
        stream?.cancel()
        stream = nil
        streamed.streamDidEnd()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard !machine.isUpgraded else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        switch event {
        case is ChannelShouldQuiesceEvent:
            machine.drain()
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: Self.drainGrace) {
                let (handler, context) = bound.value
                handler.machine.endDrainGrace()
                handler.proceed(context)
            }
        case is ConnectionMonitor.RequestBytesExhausted:
            machine.refuse(.overloaded)
            monitor.forgetIncomplete()
        case ChannelEvent.inputClosed:
            machine.closeInput()
        default:
            context.fireUserInboundEventTriggered(event)
            return
        }
        proceed(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !machine.isUpgraded else {
            context.fireErrorCaught(error)
            return
        }
        switch error {
        case is RequestDecoder.TargetTooLong: machine.refuse(.targetTooLong(limits))
        case HTTPParserError.headerOverflow: machine.refuse(.headersTooLarge(limits))
        case HTTPParserError.invalidMethod: machine.refuse(.line(monitor.arriving?.lineFault))
        // The parser pauses after the preface of HTTP/2.
        case is RequestDecoder.UnsupportedVersion, HTTPParserError.paused: machine.refuse(.unsupportedVersion)
        case is HTTPParserError, is NIOHTTPDecoderError: machine.refuse(.malformedHTTP)
        default: context.close(promise: nil)
        }
        proceed(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        machine.isWritable = context.channel.isWritable
        if context.channel.isWritable {
            touch()
            proceed(context)
        } else {
            outbound.settle(context.channel)
        }
        context.fireChannelWritabilityChanged()
    }

    func read(context: ChannelHandlerContext) {
        guard !machine.isUpgraded else {
            context.read()
            return
        }
        machine.requestRead()
        proceed(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !machine.isUpgraded else {
            context.fireChannelRead(data)
            return
        }
        if let request = machine.receive(unwrapInboundIn(data)) { note(request) }
        proceed(context)
    }

    /// Receives a request that is already decoded, from a handler in front of this one, while the connection is idle.
    func receive(_ request: HTTPRequest) {
        guard let context else { return }
        note(machine.receive(request))
        proceed(context)
    }

    private func note(_ request: HTTPRequest) {
        touch()
        monitor.messageDidEnd()
        monitor.changeUse(by: request.memoryBytes)
        passed?.note(request)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if !machine.isUpgraded, machine.isPadded(arrived: monitor.messageBytes) {
            machine.refuse(.tooMuchPadding)
            monitor.forgetIncomplete()
            proceed(context)
        }
        context.fireChannelReadComplete()
    }

    /// Whether no request has begun and no bytes are to be written.
    var isIdle: Bool { machine.isIdle && outbound.isEmpty && stream == nil && !monitor.isServerStopping }

    // MARK: - Idleness

    /// Whether the client waits for the server: for a response, or for the next part of one whose parts so far it has read.
    private var isWorking: Bool { machine.isAnswering || (stream != nil && outbound.isEmpty) }

    /// Restarts the idle timeout.
    func touch() {
        idleDeadline = .now() + limits.idleTimeout
    }

    /// Checks once per connection at a time, instead of one timer for each request.
    private func scheduleIdleCheck(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        idleCheck = context.eventLoop.scheduleTask(deadline: idleDeadline) {
            let (handler, context) = bound.value
            guard !handler.machine.isUpgraded else { return }
            if !handler.isWorking, NIODeadline.now() >= handler.idleDeadline {
                context.close(promise: nil)
            } else {
                if handler.isWorking { handler.touch() }
                handler.scheduleIdleCheck(context)
            }
        }
    }

    // MARK: - Actions

    /// Performs the actions of the state machine until there is none.
    func proceed(_ context: ChannelHandlerContext) {
        guard !isProceeding else {
            hasNews = true
            return
        }
        isProceeding = true
        repeat {
            hasNews = false
            writeOutbound(context)
            var mustFlush = false
            while let action = machine.nextAction() {
                mustFlush = perform(action, context) || mustFlush
            }
            // Responses that were ready at once are flushed together; that may allow further ones.
            if mustFlush { context.flush() }
        } while hasNews
        isProceeding = false
        outbound.settle(context.channel)
    }

    /// Performs one action; returns whether bytes were written that have to be flushed.
    private func perform(_ action: HTTP1StateMachine.Action, _ context: ChannelHandlerContext) -> Bool {
        switch action {
        case .read:
            context.read()
        case .sendContinue:
            context.write(wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
            return true
        case .serve(let request):
            monitor.setWaitsForClient(false)
            serve(request, context)
        case .write(let response, let framing):
            write(response, framing, context)
            return true
        case .refuse(let response, let head):
            write(endpoint.refusal(response, of: head ?? Self.unreadHead), .last, context)
            return true
        case .restartDecoder:
            restartDecoder(context)
        case .finish(let lingers):
            finish(lingers: lingers, context)
        case .close:
            context.close(promise: nil)
        }
        return false
    }

    /// The head in records of a request whose head cannot be read.
    private static let unreadHead = HTTPRequestHead(version: .http1_1, method: .RAW(value: "-"), uri: "*")

    private func serve(_ request: HTTPRequest, _ context: ChannelHandlerContext) {
        let memoryBytes = request.memoryBytes
        var request = request
        if passed != nil { request.sharing = SharingOffer() }
        let cancellation = CancellationOffer()
        request.cancellation = cancellation
        switch endpoint.reply(to: request) {
        case .now(let response):
            if response.repetition != nil { passed?.response = response }
            streamed.release(memoryBytes, of: response, isOpen: context.channel.isActive)
            respond(with: response)
        case .later(let respond):
            // Before the execution begins, so that equal requests on other event loops find it.
            flight = passed?.flight(request.sharing?.window)
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            // Runs immediately until it has to wait; a cached response needs no other turn of the loop.
            executor.tasks.begin()
            let progress = RequestInProgress(cancellation)
            inProgress = progress
            progress.task = Task.immediate(executorPreference: executor) {
                let response = await respond()
                let (handler, context) = bound.value
                defer { handler.executor.tasks.end() }
                handler.inProgress = nil
                handler.streamed.release(memoryBytes, of: response, isOpen: context.channel.isActive)
                handler.flight?.complete(with: response)
                handler.flight = nil
                handler.respond(with: response)
                handler.proceed(context)
            }
        case .upgrade(let upgrade):
            monitor.changeUse(by: -memoryBytes)
            guard machine.upgrade() else { return }
            idleCheck?.cancel()
            self.upgrade(upgrade, context)
        }
    }

    /// Passes a response to the state machine.
    func respond(with response: HTTPResponse) {
        if monitor.isServerStopping { machine.announceStop() }
        machine.respond(with: response)
    }

    // MARK: - Writing

    private func write(_ response: HTTPResponse, _ framing: ResponseFraming, _ context: ChannelHandlerContext) {
        touch()
        let hasBody = framing.hasBody(response)
        let inlineBytes = hasBody ? response.body.count.map { $0 > OutboundQueue.sliceBytes ? 0 : $0 } ?? 0 : 0
        var buffer = context.channel.allocator.buffer(capacity: ByteBuffer.headCapacity + inlineBytes)
        buffer.writeHead(of: response, framing: framing, date: date.now())
        guard hasBody else {
            context.write(wrapOutboundOut(buffer), promise: nil)
            streamed.streamDidEnd()
            didHandOver()
            return
        }
        switch response.body {
        case .bytes(let bytes) where bytes.count <= OutboundQueue.sliceBytes:
            buffer.writeBytes(bytes)
            context.write(wrapOutboundOut(buffer), promise: nil)
            didHandOver()
        case .bytes(let bytes):
            outbound.append(buffer)
            outbound.append(bytes)
            writeOutbound(context)
        case .stream(let body):
            outbound.append(buffer)
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            stream = ResponseStream(outbound, isChunked: framing.isChunked, eventLoop: context.eventLoop) {
                let (handler, context) = bound.value
                handler.proceed(context)
            }
            stream?.start(body, executor)
            writeOutbound(context)
        }
    }

    /// Writes queued bytes; when a response is complete, the next one follows.
    private func writeOutbound(_ context: ChannelHandlerContext) {
        guard !outbound.isEmpty || stream != nil else { return }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        outbound.write(context) {
            let (handler, context) = bound.value
            if context.channel.isActive { handler.proceed(context) }
        }
        context.flush()
        guard outbound.isEmpty else { return }
        if let stream {
            guard stream.isComplete else {
                touch()
                stream.didDrain()
                return
            }
            self.stream = nil
            streamed.streamDidEnd()
        }
        didHandOver()
    }

    private func didHandOver() {
        machine.responseDidLeave()
        monitor.setWaitsForClient(true)
    }

    // MARK: - The end

    private func finish(lingers: Bool, _ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        // An empty write, so that the future succeeds after all earlier writes.
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in
            let (handler, context) = bound.value
            guard handler.machine.didFinish(lingers: lingers) else {
                context.close(promise: nil)
                return
            }
            context.closeAfterLingering(handler.limits.lingerTimeout)
            handler.proceed(context)
        }
    }
}
