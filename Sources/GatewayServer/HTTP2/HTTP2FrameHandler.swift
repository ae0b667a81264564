internal import NIOCore

/// The handler between the transport and NIO's HTTP/2: performs the actions of `HTTP2FrameFilter`.
///
/// Confined to the connection's event loop.
final class HTTP2FrameHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var filter: HTTP2FrameFilter
    private var context: ChannelHandlerContext?
    private var mustFlush = false

    init(_ limits: HTTP2FrameFilter.Limits) {
        filter = HTTP2FrameFilter(limits)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        filter.receive(unwrapInboundIn(data))
        // If handlers read again meanwhile, the rest is handled in a nested call, in the same order.
        while let action = filter.nextAction() {
            switch action {
            case .pass(let bytes): context.fireChannelRead(wrapInboundOut(bytes))
            case .send(let frame):
                context.write(wrapOutboundOut(frame), promise: nil)
                mustFlush = true
            }
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if mustFlush {
            mustFlush = false
            context.flush()
        }
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var bytes = unwrapOutboundIn(data)
        filter.send(&bytes)
        context.write(wrapOutboundOut(bytes), promise: promise)
    }

    // MARK: - Called by the handler of the connection

    /// Whether a connection error has occurred, so that the client has been sent GOAWAY with its code.
    var hasFailed: Bool { filter.hasFailed }

    /// Asks the client to open no more streams.
    func announceStop() { send(HTTP2FrameFilter.stopNotice) }

    /// Refuses streams from now on, and sends the ID of the last one that is served.
    func refuseStreams() { send(filter.refuseStreams()) }

    private func send(_ frame: ByteBuffer) {
        context?.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }
}
