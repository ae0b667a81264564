internal import NIOCore
internal import NIOHTTP2

/// The last handler of an HTTP/2 connection: ends it when it is idle, when the server shuts down, and after connection errors.
///
/// It also holds back reads while the client does not read.
///
/// Confined to the connection's event loop.
final class HTTP2ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTP2Frame
    typealias OutboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    private enum Phase {
        case open
        /// The client has been asked to open no more streams; some may be on their way.
        case stopping
        /// No stream is on its way any more.
        case stopped
    }

    private let connection: HTTP2Connection
    private let frames: HTTP2FrameHandler
    private var phase = Phase.open
    private var gate = ReadGate()
    private var idleDeadline = NIODeadline.now()
    private var idleCheck: Scheduled<Void>?

    /// Identifies the PING whose acknowledgment shows that all streams have arrived which the client opened before it saw GOAWAY.
    private static let stopPing = HTTP2PingData(withInteger: 0x73_74_6F_70)

    init(_ connection: HTTP2Connection, _ frames: HTTP2FrameHandler) {
        self.connection = connection
        self.frames = frames
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        connection.stopRequested = { bound.value.0.stop(bound.value.1) }
        connection.lastStreamDidEnd = { bound.value.0.lastStreamDidEnd(bound.value.1) }
        touch()
        scheduleIdleCheck(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        idleCheck?.cancel()
        connection.stopRequested = nil
        connection.lastStreamDidEnd = nil
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ConnectionMonitor.RequestBytesExhausted: connection.refuseArriving()
        case is ChannelShouldQuiesceEvent: stop(context)
        case ChannelEvent.inputClosed: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    /// Holds back a read while the client does not read, as heads of responses are not subject to flow control.
    func read(context: ChannelHandlerContext) {
        if gate.request(isOpen: context.channel.isWritable) { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        connection.setTransportBlocked(!context.channel.isWritable)
        if context.channel.isWritable, gate.open() { context.read() }
        context.fireChannelWritabilityChanged()
    }

    /// Handles frames of the connection itself, after the handlers before this one.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .ping(Self.stopPing, ack: true) = unwrapInboundIn(data).payload else { return }
        didStop(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A proxy may send many clients' requests on one connection, so an error of one must not end the others. NIO has
        // reset a stream that has an error, and has written GOAWAY after a connection error.
        let isOfTransport = !(error is any NIOHTTP2Error) || error is NIOHTTP2Errors.UnableToSerializeFrame
        if isOfTransport || frames.hasFailed { context.close(promise: nil) }
    }

    // MARK: - The end

    /// Asks the client to open no more streams.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9113#section-6.8
    private func stop(_ context: ChannelHandlerContext) {
        guard phase == .open else { return }
        phase = .stopping
        frames.announceStop()
        let ping = HTTP2Frame.FramePayload.ping(Self.stopPing, ack: false)
        context.writeAndFlush(wrapOutboundOut(HTTP2Frame(streamID: .rootStream, payload: ping)), promise: nil)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let timer = context.eventLoop.scheduleTask(in: connection.limits.lingerTimeout) {
            bound.value.0.didStop(bound.value.1)
        }
        context.channel.closeFuture.whenComplete { _ in timer.cancel() }
    }

    private func didStop(_ context: ChannelHandlerContext) {
        guard phase == .stopping else { return }
        phase = .stopped
        frames.refuseStreams()
        closeIfDone(context)
    }

    private func lastStreamDidEnd(_ context: ChannelHandlerContext) {
        touch()
        closeIfDone(context)
    }

    private func closeIfDone(_ context: ChannelHandlerContext) {
        guard phase == .stopped, connection.isIdle else { return }
        // In the loop's next turn, when the last frame of the last stream has been flushed.
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.execute {
            if bound.value.0.connection.isIdle { bound.value.1.close(promise: nil) }
        }
    }

    // MARK: - Idleness

    private func touch() {
        idleDeadline = .now() + connection.limits.idleTimeout
    }

    private func scheduleIdleCheck(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        idleCheck = context.eventLoop.scheduleTask(deadline: idleDeadline) {
            let (handler, context) = bound.value
            if handler.connection.isIdle, NIODeadline.now() >= handler.idleDeadline {
                handler.stop(context)
            } else {
                if !handler.connection.isIdle { handler.touch() }
                handler.scheduleIdleCheck(context)
            }
        }
    }
}
