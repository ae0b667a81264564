internal import NIOCore

/// The first handler of each connection: admits it, and counts what has arrived of messages that are not complete.
///
/// Confined to the connection's event loop.
final class ConnectionMonitor: ChannelInboundHandler, UnreadCounting {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// The budget for what has arrived of all connections' requests is used up.
    struct RequestBytesExhausted {}

    private let registry: ConnectionRegistry
    private let budget: ByteBudget
    private var connection: ConnectionRegistry.Connection?
    /// The bytes that have arrived and belong to no complete message: no fewer than there are.
    private var incomplete = 0
    /// The bytes that have arrived since the last message was complete; what came with its end is left out.
    private(set) var messageBytes = 0
    /// The bytes of complete messages that are still in use.
    private var inUse = 0
    private var reserved = 0
    /// What has just arrived, while the handlers behind this one look at it.
    private(set) var arriving: ByteBuffer?

    /// Less than this is not worth to be counted.
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
        // Requests in progress go on without the connection.
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

    /// Whether the server stops now or soon.
    var isServerStopping: Bool { registry.isStopping }

    /// A message is complete; `size` is the fewest bytes that it can have had on its way.
    func messageDidEnd(_ size: @autoclosure () -> Int) {
        messageBytes = 0
        // PERF: nearly every message is small and comes alone, so that its size matters to nobody.
        incomplete = incomplete <= Self.negligible ? 0 : max(0, incomplete - size())
    }

    /// Releases the memory of whatever has arrived incompletely.
    func forgetIncomplete() {
        incomplete = 0
        _ = settle()
    }

    /// The bytes of complete messages change by so many.
    func changeUse(by bytes: Int) {
        guard abs(bytes) > Self.negligible else { return }
        inUse += bytes
        if bytes < 0 { _ = settle() }
    }

    /// Sets whether only the client keeps the connection from going on.
    func setWaitsForClient(_ waits: Bool) {
        connection?.setWaitsForClient(waits)
    }

    /// Sets how many bytes of responses wait for the client.
    func setUnread(_ bytes: Int, _ channel: any Channel) {
        registry.setUnread(bytes, for: channel)
    }

    /// Reserves the bytes that are held, and releases the rest; returns false if they are too many.
    private func settle() -> Bool {
        let counted = incomplete > Self.negligible ? incomplete : 0
        let change = counted + inUse - reserved
        if change < 0 { budget.release(-change) }
        guard change <= 0 || budget.reserve(change) else { return false }
        reserved += change
        return true
    }
}
