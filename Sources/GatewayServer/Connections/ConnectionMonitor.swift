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
    /// The bytes that have arrived of incomplete messages; an upper bound.
    private var incomplete = 0
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
        incomplete += bytes.readableBytes
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

    /// Notes the end of a message; `size` is the fewest bytes that it can have had on the wire.
    func messageDidEnd(_ size: @autoclosure () -> Int) {
        messageBytes = 0
        // PERF: nearly every message is small and arrives alone, so that its size is not computed.
        incomplete = incomplete <= Self.negligible ? 0 : max(0, incomplete - size())
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
