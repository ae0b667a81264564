private import Gateway
internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP1
internal import NIOHTTP2

/// One HTTP/2 stream: puts its request together, calls the endpoint, and writes the response as the client takes it.
///
/// Confined to the connection's event loop.
final class HTTP2StreamHandler: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private enum Phase {
        /// The request arrives.
        case arriving
        /// The endpoint works on the request.
        case serving
        /// The response is being written.
        case writing
        /// The response is written; what the client still sends is thrown away.
        case ended
    }

    private let connection: HTTP2Connection
    private var limits: ConnectionLimits { connection.limits }
    private var gathering = RequestGathering()
    private var phase = Phase.arriving
    private var isHead = false
    private let outbound: OutboundQueue
    /// The request, while it is being served and waits for something.
    private var inProgress: RequestInProgress?
    private var stream: ResponseStream?
    private var context: ChannelHandlerContext?
    /// When the stream is closed unless something happens.
    private var deadline = NIODeadline.now()
    private var check: Scheduled<Void>?

    init(_ connection: HTTP2Connection) {
        self.connection = connection
        gathering.peerAddress = connection.peerAddress
        gathering.isSecure = true
        outbound = OutboundQueue(unread: connection) { buffer in
            NIOAny(HTTP2Frame.FramePayload.data(.init(data: .byteBuffer(buffer))))
        }
    }

    // MARK: - Events of the channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        connection.streamDidBegin(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        leave(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave(context)
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .headers(let block): receive(block, context)
        case .data(let data): receive(data, context)
        default: break
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // PERF: nearly every request arrives at once, so that it needs no timer.
        if phase == .arriving { watch(context) }
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if phase == .writing {
            touch()
            writeOutbound(context)
        }
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    /// The stream is closed.
    private func leave(_ context: ChannelHandlerContext) {
        guard self.context != nil else { return }
        self.context = nil
        check?.cancel()
        if phase == .serving || phase == .writing { connection.servingDidEnd() }
        phase = .ended
        inProgress?.clientDidLeave()
        inProgress = nil
        stream?.cancel()
        stream = nil
        outbound.removeAll()
        connection.setUnread(0, context.channel)
        connection.streamDidEnd(self)
    }

    // MARK: - The request

    private func receive(_ block: HTTP2Frame.FramePayload.Headers, _ context: ChannelHandlerContext) {
        guard phase == .arriving else { return }
        guard !block.headers.hasSurroundedValue else { return resetMalformed(context) }
        if gathering.isEmpty {
            guard let head = HTTPRequestHead(block.headers) else { return resetMalformed(context) }
            guard head.headers.count <= limits.maximumHeaderFields, block.headers.listSize <= limits.maximumHeaderBytes
            else { return refuse(.headersTooLarge(limits), of: head, context) }
            // As over HTTP/1, whose parser knows the same methods.
            if case .RAW = head.method { return refuse(.unknownMethod, of: head, context) }
            add(.head(head), context)
        }
        // Trailers say nothing that is needed.
        if block.endStream { add(.end(nil), context) }
    }

    private func receive(_ data: HTTP2Frame.FramePayload.Data, _ context: ChannelHandlerContext) {
        guard phase == .arriving, case .byteBuffer(let bytes) = data.data else { return }
        if bytes.readableBytes > 0 { add(.body(bytes), context) }
        if data.endStream { add(.end(nil), context) }
    }

    /// Resets the stream of a malformed request: https://www.rfc-editor.org/rfc/rfc9113#section-8.1.1.
    private func resetMalformed(_ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(.rstStream(.protocolError)), promise: nil)
    }

    private func add(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        guard phase == .arriving else { return }
        switch gathering.add(part, maximumBodyBytes: limits.maximumBodyBytes) {
        case .more:
            break
        case .sendContinue:
            let block = HTTP2Frame.FramePayload.Headers(headers: [":status": "100"])
            context.writeAndFlush(wrapOutboundOut(.headers(block)), promise: nil)
        case .complete(let request):
            connection.monitor.messageDidEnd(request.body.count)
            connection.requestDidEnd(self)
            serve(request, context)
        case .refuse(let fault, let head):
            refuse(.fault(fault, limits), of: head, context)
        }
    }

    private func serve(_ request: HTTPRequest, _ context: ChannelHandlerContext) {
        phase = .serving
        isHead = request.method == .HEAD
        check?.cancel()
        check = nil
        connection.servingDidBegin()
        let (monitor, bodyBytes) = (connection.monitor, request.body.count)
        monitor.changeUse(by: bodyBytes)
        var request = request
        let cancellation = CancellationOffer()
        request.cancellation = cancellation
        switch connection.endpoint.reply(to: request) {
        case .now(let response):
            monitor.changeUse(by: -bodyBytes)
            respond(with: response)
        case .later(let respond):
            let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
            connection.executor.tasks.begin()
            let progress = RequestInProgress(cancellation)
            inProgress = progress
            progress.task = Task.immediate(executorPreference: connection.executor) {
                let response = await respond()
                let handler = bound.value
                defer { handler.connection.executor.tasks.end() }
                handler.inProgress = nil
                handler.connection.monitor.changeUse(by: -bodyBytes)
                handler.respond(with: response)
            }
        case .upgrade:
            monitor.changeUse(by: -bodyBytes)
            respond(with: .error(.badRequest, .badRequest, "An HTTP/2 stream cannot go over to another protocol."))
        }
    }

    /// Responds with an error to a request that has not arrived completely.
    func refuse(_ response: HTTPResponse) {
        guard let context, phase == .arriving, let head = gathering.currentHead else { return }
        refuse(response, of: head, context)
    }

    private func refuse(_ response: HTTPResponse, of head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        gathering.discard()
        connection.requestDidEnd(self)
        connection.servingDidBegin()
        phase = .serving
        isHead = head.method == .HEAD
        respond(with: connection.endpoint.refusal(response, of: head))
        // The client may read the response before it stops to send; then it is made to.
        check?.cancel()
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        check = context.eventLoop.scheduleTask(in: limits.lingerTimeout) { bound.value.context?.close(promise: nil) }
    }

    // MARK: - The response

    private func respond(with response: HTTPResponse) {
        if response.closesConnection || connection.monitor.isServerStopping { connection.stopWhenIdle() }
        guard let context, phase == .serving else { return }
        phase = .writing
        let hasBody = !isHead && response.status.mayHaveResponseBody && response.body.count != 0
        let block = HPACKHeaders(response, date: connection.currentDate())
        context.write(wrapOutboundOut(.headers(.init(headers: block, endStream: !hasBody))), promise: nil)
        guard hasBody else {
            end(context)
            return
        }
        switch response.body {
        case .bytes(let bytes) where bytes.count <= OutboundQueue.sliceBytes:
            let data = HTTP2Frame.FramePayload.Data(data: .byteBuffer(ByteBuffer(bytes: bytes)), endStream: true)
            context.write(wrapOutboundOut(.data(data)), promise: nil)
            end(context, unsent: bytes.count)
        case .bytes(let bytes):
            outbound.append(bytes)
            writeOutbound(context)
        case .stream(let body):
            let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
            stream = ResponseStream(outbound, isChunked: false, eventLoop: context.eventLoop) {
                guard let context = bound.value.context else { return }
                bound.value.writeOutbound(context)
            }
            stream?.start(body, connection.executor)
            context.flush()
        }
    }

    /// Hands over what waits as long as the client takes it.
    private func writeOutbound(_ context: ChannelHandlerContext) {
        guard phase == .writing else { return }
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        outbound.write(context) {
            guard let context = bound.value.context else { return }
            bound.value.writeOutbound(context)
        }
        context.flush()
        // The client may have taken more meanwhile.
        guard phase == .writing else { return }
        outbound.settle(context.channel)
        guard outbound.isEmpty else {
            watch(context)
            return
        }
        if let stream, !stream.isComplete {
            touch()
            stream.didDrain()
            return
        }
        stream = nil
        let last = HTTP2Frame.FramePayload.Data(data: .byteBuffer(ByteBuffer()), endStream: true)
        context.write(wrapOutboundOut(.data(last)), promise: nil)
        end(context, unsent: OutboundQueue.sliceBytes)
    }

    /// The response is handed over; of a client that takes nothing, so many bytes may wait behind this handler.
    private func end(_ context: ChannelHandlerContext, unsent: Int = 0) {
        phase = .ended
        context.flush()
        connection.servingDidEnd()
        // When all is sent, the stream is closed.
        guard self.context != nil else { return }
        if unsent > Self.negligible { connection.setUnread(unsent, context.channel) }
        watch(context)
    }

    /// Less than this is not worth to be counted.
    private static let negligible = 4 << 10

    // MARK: - Slow clients

    private func touch() {
        deadline = .now() + limits.idleTimeout
    }

    /// Whether the client waits for the server: for a response, or for the next part of one of which it has taken all so far.
    private var isWorking: Bool { phase == .serving || (phase == .writing && stream != nil && outbound.isEmpty) }

    /// Closes the stream when its client has sent and taken nothing for a time: one timer for a stream that has to wait.
    private func watch(_ context: ChannelHandlerContext) {
        guard check == nil, self.context != nil else { return }
        touch()
        schedule(context.eventLoop)
    }

    private func schedule(_ eventLoop: any EventLoop) {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        check = eventLoop.scheduleTask(deadline: deadline) {
            let handler = bound.value
            guard let context = handler.context else { return }
            if !handler.isWorking, NIODeadline.now() >= handler.deadline {
                context.close(promise: nil)
            } else {
                if handler.isWorking { handler.touch() }
                handler.schedule(context.eventLoop)
            }
        }
    }
}
