internal import NIOCore

/// Responds to requests whose bytes have come before, in front of the HTTP decoder.
///
/// It only handles exactly one request at a time, while its connection is idle: then equal bytes are an equal request. All
/// other bytes are passed on to the decoder.
///
/// Confined to the connection's event loop.
final class RepeatedRequestHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// The position of the next bytes in the requests of the connection.
    private enum Position {
        /// The next bytes begin a request.
        case betweenRequests
        /// The next bytes continue a request with a known head: its undecoded bytes so far, and its length.
        case held(ByteBuffer, of: Int)
        /// The next bytes continue a request that is being decoded.
        case passing(PassedRequest)
        /// The position is unknown: all bytes are passed on to the decoder.
        case unknown
    }

    private let current: @Sendable () -> RepeatedRequests?
    private let connection: HTTP1ConnectionHandler
    private let heads: RequestHeadCache
    private let processor: ProcessorSharing
    private var position = Position.betweenRequests
    /// The bytes that have arrived while the connection waits for the response to an equal request; its own request comes first.
    private var waiting: [ByteBuffer]?
    /// Whether the client has closed its sending side after these bytes.
    private var closesInput = false

    /// Makes the handler, on the connection's event loop; `current` returns the table for a request that arrives now.
    init(_ current: @escaping @Sendable () -> RepeatedRequests?, connection: HTTP1ConnectionHandler) {
        self.current = current
        self.connection = connection
        let executor = connection.executor
        heads = executor.share.only(RequestHeadCache.self) { RequestHeadCache() }
        processor = executor.share.only(ProcessorSharing.self) { ProcessorSharing(executor.eventLoop) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        take(unwrapInboundIn(data), context)
    }

    /// Receives bytes, or queues them after a request that waits.
    private func take(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        if waiting == nil { receive(bytes, context) } else { waiting?.append(bytes) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        waiting = nil
        closesInput = false
        position = .unknown
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // The event follows bytes that have arrived, so that these are handled first.
        if waiting != nil, case ChannelEvent.inputClosed? = event as? ChannelEvent {
            closesInput = true
            return
        }
        // The effect of an event depends on whether a request has begun.
        switch position {
        case .held(let bytes, of: _): read(bytes, context)
        case .passing: position = .unknown
        case .betweenRequests, .unknown: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func receive(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        switch position {
        case .betweenRequests: begin(bytes, context)
        case .held(var first, of: let count):
            // Set before, as the bytes may begin a request; and the buffer then has one reference, so that it is not copied.
            position = .betweenRequests
            first.writeImmutableBuffer(bytes)
            if first.readableBytes < count { position = .held(first, of: count) } else { begin(first, context) }
        case .passing(let passed):
            passed.add(bytes)
            pass(bytes, passed, context)
        case .unknown: context.fireChannelRead(wrapInboundOut(bytes))
        }
    }

    /// Receives bytes that begin a request.
    private func begin(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        // Read before the request is served: a response of an earlier configuration is never stored for a later one.
        guard connection.isIdle, let repeated = current() else {
            read(bytes, context)
            return
        }
        guard let request = RequestBytes(bytes) else {
            pass(bytes, PassedRequest(bytes, nil, repeated), context)
            return
        }
        if let (response, timeLeft) = repeated.response(to: request) {
            connection.sendAgain(response, timeLeft: timeLeft, requestBytes: bytes.readableBytes, context)
            processor.didSendStoredResponse()
        } else if let flight = repeated.flight(of: request), wait(flight, context) {
            waiting = [bytes]
            connection.beginWaiting(requestBytes: bytes.readableBytes)
        } else {
            serve(request, repeated, context)
        }
    }

    /// Passes bytes on to the decoder that end at an unknown position in a request.
    private func read(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        position = .unknown
        context.fireChannelRead(wrapInboundOut(bytes))
    }

    /// Serves a request; its head is only parsed if no equal one was.
    private func serve(_ request: RequestBytes, _ repeated: RepeatedRequests, _ context: ChannelHandlerContext) {
        processor.didServeOtherwise()
        switch heads.find(request, connection.limits) {
        case .part(of: let count):
            // The connection still counts as idle, so that it is closed if the rest does not arrive.
            position = .held(request.compacted.bytes, of: count)
        case .whole(let parsed):
            let passed = PassedRequest(request.bytes, request, repeated)
            connection.passed = passed
            connection.receive(parsed)
            connection.passed = nil
            finish(passed)
        case nil:
            pass(request.bytes, PassedRequest(request.bytes, request, repeated), context)
        }
    }

    /// Passes bytes on to the decoder, and records what they are.
    private func pass(_ bytes: ByteBuffer, _ passed: PassedRequest, _ context: ChannelHandlerContext) {
        connection.passed = passed
        context.fireChannelRead(wrapInboundOut(bytes))
        connection.passed = nil
        if passed.waitsForMore {
            passed.releaseBuffer()
            position = .passing(passed)
            return
        }
        finish(passed)
        guard case .request(let request?) = passed.outcome, let head = passed.head else { return }
        heads.store(head, of: request, connection.limits)
    }

    /// Sets the position after a request, and stores its response if equal requests may get it.
    private func finish(_ passed: PassedRequest) {
        guard case .request(let request) = passed.outcome else {
            position = .unknown
            return
        }
        position = .betweenRequests
        if let request, let response = passed.response { passed.repeated.store(response, to: request) }
    }

    private func wait(_ flight: RequestFlight, _ context: ChannelHandlerContext) -> Bool {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        return flight.join(context.eventLoop) { response, startedAt in
            let (handler, context) = bound.value
            handler.resume(response, since: startedAt, context)
        }
    }

    /// Sends the response to an equal request, or serves the request itself; then handles the bytes that have arrived meanwhile.
    private func resume(
        _ shared: SharedResponse?,
        since startedAt: ContinuousClock.Instant,
        _ context: ChannelHandlerContext
    ) {
        guard let waiting, let first = waiting.first else { return }
        self.waiting = nil
        if let shared {
            let isSent = shared.bytes.map { connection.endWaiting(with: $0, since: startedAt, context) } ?? false
            if !isSent { connection.endWaiting(with: shared.response, since: startedAt) }
        } else {
            connection.stopWaiting()
            if let repeated = current(), let request = RequestBytes(first) {
                serve(request, repeated, context)
            } else {
                read(first, context)
            }
        }
        // One of these may be a request that waits as well.
        for bytes in waiting.dropFirst() { take(bytes, context) }
        guard closesInput, self.waiting == nil else { return }
        closesInput = false
        userInboundEventTriggered(context: context, event: ChannelEvent.inputClosed)
    }
}
