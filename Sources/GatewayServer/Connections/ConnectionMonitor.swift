internal import NIOCore

/// The first handler of each connection: admits it, and counts the bytes of incomplete messages against a budget.
///
/// Confined to the connection's event loop.
final class ConnectionMonitor: ChannelInboundHandler, UnreadCounting {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// The event that the budget for bytes of requests, across all connections, is exhausted.
    struct RequestBytesExhausted {}

    private let registry: ConnectionRegistry
    private let budget: ByteBudget
    private var connection: ConnectionRegistry.Connection?
    /// The bytes that are held of incomplete messages: all that have arrived since the last message was complete, or those of streams.
    private var incomplete = 0
    /// Whether each byte that arrives counts as one of an incomplete message; otherwise the streams of the connection count theirs.
    private var countsReads = true
    /// The bytes that have arrived since the last message was complete, without those that arrived together with its end.
    private(set) var messageBytes = 0
    /// The bytes of complete messages that are being processed.
    private var inUse = 0
    private var reserved = 0
    /// The bytes that have just arrived, while the handlers behind this one process them.
    private(set) var arriving: ByteBuffer?

    /// The number of bytes up to which they are not counted.
    private static let negligible = 4 << 10

    init(registry: ConnectionRegistry, requestBytes: ByteBudget) {
        self.registry = registry
        budget = requestBytes
    }

    func channelActive(context: ChannelHandlerContext) {
        guard let connection = registry.admit(context.channel, from: context.remoteAddress) else {
            context.close(promise: nil)
            return
        }
        self.connection = connection
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        // Requests in progress continue without the connection.
        forgetIncomplete()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        if countsReads { incomplete += bytes.readableBytes }
        messageBytes += bytes.readableBytes
        arriving = bytes
        context.fireChannelRead(data)
        arriving = nil
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if !settle() { context.fireUserInboundEventTriggered(RequestBytesExhausted()) }
        context.fireChannelReadComplete()
    }

    // MARK: - Called by the handler of the protocol

    /// Whether the server shuts down now or soon.
    var isServerStopping: Bool { registry.isStopping }

    /// Notes that a message or a frame is complete.
    ///
    /// Bytes that arrived together with its end, at most those of one read, are not counted: to subtract the size of a message, which
    /// has many sizes on the wire, would leave some of each for ever.
    ///
    /// - Parameter held: the bytes of complete frames that are held of an incomplete message.
    func messageDidEnd(holding held: Int = 0) {
        messageBytes = 0
        incomplete = held
    }

    /// Has the streams of the connection count the bytes of incomplete messages.
    func countStreams() {
        countsReads = false
        forgetIncomplete()
    }

    /// Changes the bytes of incomplete messages on streams.
    func changeArriving(by bytes: Int) {
        incomplete = max(0, incomplete + bytes)
        if bytes < 0 { _ = settle() }
    }

    /// Releases the budget of incomplete messages.
    func forgetIncomplete() {
        incomplete = 0
        _ = settle()
    }

    /// Changes the bytes of complete messages that are being processed.
    func changeUse(by bytes: Int) {
        guard abs(bytes) > Self.negligible else { return }
        inUse += bytes
        if bytes < 0 { _ = settle() }
    }

    /// Sets whether the connection only waits for its client.
    func setWaitsForClient(_ waits: Bool) {
        connection?.setWaitsForClient(waits)
    }

    /// Sets how many bytes of responses the client has not read yet.
    func setUnread(_ bytes: Int, _ channel: any Channel) {
        registry.setUnread(bytes, for: channel)
    }

    /// Reserves the bytes that are held, or releases surplus ones; returns false if the budget is exhausted.
    private func settle() -> Bool {
        let counted = incomplete > Self.negligible ? incomplete : 0
        let change = counted + inUse - reserved
        if change < 0 { budget.release(-change) }
        guard change <= 0 || budget.reserve(change) else { return false }
        reserved += change
        return true
    }
}
