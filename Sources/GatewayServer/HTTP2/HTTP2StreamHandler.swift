private import Gateway
internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP1
internal import NIOHTTP2

/// One HTTP/2 stream: assembles its request, calls the endpoint, and writes the response as fast as the client reads it.
///
/// Confined to the connection's event loop.
final class HTTP2StreamHandler: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private enum Phase {
        /// The request is arriving.
        case arriving
        /// The endpoint is executing the request.
        case serving
        /// The response is being written.
        case writing
        /// The response is written; further bytes of the client are discarded.
        case ended
    }

    private let connection: HTTP2Connection
    private var limits: ConnectionLimits { connection.limits }
    private var gathering = RequestGathering()
    private var phase = Phase.arriving
    private var isHead = false
    /// The bytes that have arrived of the incomplete request.
    private var arrivedBytes = 0
    private let outbound: OutboundQueue
    /// The request that is being executed.
    private var inProgress: RequestInProgress?
    private var stream: ResponseStream?
    private var streamed: StreamedRequestMemory
    private var context: ChannelHandlerContext?
    /// The instant at which the stream is closed if it stays idle.
    private var deadline = NIODeadline.now()
    private var check: Scheduled<Void>?

    init(_ connection: HTTP2Connection) {
        self.connection = connection
        streamed = StreamedRequestMemory(connection.monitor)
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

    /// Notes that the stream is closed.
    private func leave(_ context: ChannelHandlerContext) {
        guard self.context != nil else { return }
        self.context = nil
        check?.cancel()
        if phase == .serving || phase == .writing { connection.servingDidEnd() }
        phase = .ended
        forgetArrived()
        inProgress?.clientDidLeave()
        inProgress = nil
        stream?.cancel()
        stream = nil
        streamed.streamDidEnd()
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
            // As over HTTP/1, whose parser supports the same methods.
            if case .RAW = head.method { return refuse(.unknownMethod, of: head, context) }
            if !block.endStream { count(block.headers.listSize) }
            add(.head(head), context)
        }
        // Trailers are ignored.
        if block.endStream { add(.end(nil), context) }
    }

    private func receive(_ data: HTTP2Frame.FramePayload.Data, _ context: ChannelHandlerContext) {
        guard phase == .arriving, case .byteBuffer(let bytes) = data.data else { return }
        if bytes.readableBytes > 0 {
            count(bytes.readableBytes)
            add(.body(bytes), context)
        }
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
            forgetArrived()
            connection.requestDidEnd(self)
            serve(request, context)
        case .refuse(let fault, let head):
            refuse(.fault(fault, limits), of: head, context)
        }
    }

    /// Counts bytes of the incomplete request against the budget of all connections.
    private func count(_ bytes: Int) {
        arrivedBytes += bytes
        connection.monitor.changeArriving(by: bytes)
    }

    private func forgetArrived() {
        guard arrivedBytes > 0 else { return }
        connection.monitor.changeArriving(by: -arrivedBytes)
        arrivedBytes = 0
    }

    private func serve(_ request: HTTPRequest, _ context: ChannelHandlerContext) {
        phase = .serving
        isHead = request.method == .HEAD
        check?.cancel()
        check = nil
        connection.servingDidBegin()
        let (monitor, memoryBytes) = (connection.monitor, request.memoryBytes)
        monitor.changeUse(by: memoryBytes)
        var request = request
        let cancellation = CancellationOffer()
        request.cancellation = cancellation
        switch connection.endpoint.reply(to: request) {
        case .now(let response):
            streamed.release(memoryBytes, of: response, isOpen: self.context != nil)
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
                handler.streamed.release(memoryBytes, of: response, isOpen: handler.context != nil)
                handler.respond(with: response)
            }
        case .upgrade:
            monitor.changeUse(by: -memoryBytes)
            respond(with: .error(.badRequest, .badRequest, "An HTTP/2 stream cannot go over to another protocol."))
        }
    }

    /// Responds with an error to an incomplete request.
    func refuse(_ response: HTTPResponse) {
        guard let context, phase == .arriving, let head = gathering.currentHead else { return }
        refuse(response, of: head, context)
    }

    private func refuse(_ response: HTTPResponse, of head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        gathering.discard()
        forgetArrived()
        connection.requestDidEnd(self)
        connection.servingDidBegin()
        phase = .serving
        isHead = head.method == .HEAD
        respond(with: connection.endpoint.refusal(response, of: head))
        // The client may read the response before it stops sending; after the timeout the stream is closed.
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

    /// Writes queued bytes as long as the client reads them.
    private func writeOutbound(_ context: ChannelHandlerContext) {
        guard phase == .writing else { return }
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        outbound.write(context) {
            guard let context = bound.value.context else { return }
            bound.value.writeOutbound(context)
        }
        context.flush()
        // The client may have read more meanwhile.
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
        streamed.streamDidEnd()
        let last = HTTP2Frame.FramePayload.Data(data: .byteBuffer(ByteBuffer()), endStream: true)
        context.write(wrapOutboundOut(.data(last)), promise: nil)
        end(context, unsent: OutboundQueue.sliceBytes)
    }

    /// Notes that the response is written; if the client does not read, so many bytes may be queued in NIO.
    private func end(_ context: ChannelHandlerContext, unsent: Int = 0) {
        phase = .ended
        context.flush()
        connection.servingDidEnd()
        // The stream is closed when all is sent.
        guard self.context != nil else { return }
        if unsent > Self.negligible { connection.setUnread(unsent, context.channel) }
        watch(context)
    }

    /// The number of bytes up to which they are not counted.
    private static let negligible = 4 << 10

    // MARK: - Slow clients

    private func touch() {
        deadline = .now() + limits.idleTimeout
    }

    /// Whether the client waits for the server: for a response, or for the next part of one whose parts so far it has read.
    private var isWorking: Bool { phase == .serving || (phase == .writing && stream != nil && outbound.isEmpty) }

    /// Closes the stream when its client has been idle for the timeout; only streams that wait have a timer.
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
