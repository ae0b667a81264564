internal import NIOCore

/// Responds to requests whose bytes have come before, in front of what reads HTTP.
///
/// It only takes what is one request and nothing else, while its connection has nothing else to do: then equal bytes are an equal
/// request. Everything else passes.
///
/// Confined to the connection's event loop.
final class RepeatedRequestHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let current: @Sendable () -> RepeatedRequests?
    private let connection: HTTP1ConnectionHandler
    private let heads: RequestHeadCache
    /// Whether all that has passed were whole requests: what comes next begins another one.
    private var isBetweenRequests = true
    /// What has come while the connection waits for the response to an equal request, that request first.
    private var held: [ByteBuffer]?

    /// Makes the handler, on the connection's event loop; `current` is what is used for a request that comes now.
    init(_ current: @escaping @Sendable () -> RepeatedRequests?, connection: HTTP1ConnectionHandler) {
        self.current = current
        self.connection = connection
        heads = connection.executor.share.only(RequestHeadCache.self) { RequestHeadCache() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        take(unwrapInboundIn(data), context)
    }

    /// Receives bytes, behind those of a request that waits.
    private func take(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        if held == nil { receive(bytes, context) } else { held?.append(bytes) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        held = nil
        context.fireChannelInactive()
    }

    private func receive(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        // Taken before the request is served: what an earlier configuration responds is never stored for a later one.
        guard isBetweenRequests, connection.isIdle, let repeated = current(), let request = RequestBytes(bytes) else {
            // Bytes that are not read as requests now may be any part of one.
            isBetweenRequests = false
            context.fireChannelRead(wrapInboundOut(bytes))
            return
        }
        if let (response, timeLeft) = repeated.response(to: request) {
            connection.sendAgain(response, timeLeft: timeLeft, requestBytes: bytes.readableBytes, context)
        } else if let flight = repeated.flight(of: request), wait(flight, context) {
            held = [bytes]
            connection.beginWaiting(requestBytes: bytes.readableBytes)
        } else {
            pass(request, repeated, context)
        }
    }

    /// Serves a request, whose head is parsed unless an equal one was, and stores its response if equal requests may have it.
    private func pass(_ request: RequestBytes, _ repeated: RepeatedRequests, _ context: ChannelHandlerContext) {
        connection.passed = PassedRequest(request, repeated)
        let parsed = heads.request(request, connection.limits)
        if let parsed {
            connection.receive(parsed)
        } else {
            context.fireChannelRead(wrapInboundOut(request.bytes))
        }
        guard let passed = connection.passed.take() else { return }
        isBetweenRequests = passed.isWhole
        guard isBetweenRequests, passed.isRepeatable else { return }
        if parsed == nil, let head = passed.head { heads.store(head, of: request, connection.limits) }
        if let response = passed.response { repeated.store(response, to: request) }
    }

    private func wait(_ flight: RequestFlight, _ context: ChannelHandlerContext) -> Bool {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        return flight.join(context.eventLoop) { response, startedAt in
            let (handler, context) = bound.value
            handler.resume(response, since: startedAt, context)
        }
    }

    /// Sends the response that was waited for, or reads the request as HTTP; then receives what has come meanwhile.
    private func resume(
        _ shared: SharedResponse?,
        since startedAt: ContinuousClock.Instant,
        _ context: ChannelHandlerContext
    ) {
        guard let held, let first = held.first else { return }
        self.held = nil
        if let shared {
            let isSent = shared.bytes.map { connection.endWaiting(with: $0, since: startedAt, context) } ?? false
            if !isSent { connection.endWaiting(with: shared.response, since: startedAt) }
        } else {
            connection.stopWaiting()
            if let repeated = current(), let request = RequestBytes(first) {
                pass(request, repeated, context)
            } else {
                isBetweenRequests = false
                context.fireChannelRead(wrapInboundOut(first))
            }
        }
        // One of these may be a request that waits as well.
        for bytes in held.dropFirst() { take(bytes, context) }
    }
}
