internal import NIOCore

/// Writes the replies of one connection as its client takes them, and says when more calls may begin.
///
/// Confined to the connection's event loop.
final class ReplyWriter {
    private let outbound: OutboundQueue
    private let maximumUnreadBytes: Int
    private var isFlushing = false

    /// The bytes that wait before no more calls begin.
    private static let highWatermark = 1 << 20

    init(monitor: ConnectionMonitor, maximumUnreadBytes: Int) {
        outbound = OutboundQueue(unread: monitor)
        self.maximumUnreadBytes = maximumUnreadBytes
    }

    /// Whether more calls may begin.
    var takesReplies: Bool { outbound.count < Self.highWatermark }

    /// The bytes that wait.
    var count: Int { outbound.count }

    /// Whether everything is handed over.
    var isEmpty: Bool { outbound.isEmpty }

    /// Adds a reply between what goes before and after it.
    ///
    /// - Returns: whether there is room; if not, the client reads too little, and gets no further response.
    func append(
        _ reply: [UInt8],
        after prefix: ByteBuffer = ByteBuffer(),
        before suffix: ByteBuffer = ByteBuffer()
    ) -> Bool {
        if reply.count <= OutboundQueue.sliceBytes {
            var buffer = ByteBufferAllocator().buffer(
                capacity: prefix.readableBytes + reply.count + suffix.readableBytes
            )
            buffer.writeImmutableBuffer(prefix)
            buffer.writeBytes(reply)
            buffer.writeImmutableBuffer(suffix)
            outbound.append(buffer)
        } else {
            outbound.append(prefix)
            outbound.append(reply)
            outbound.append(suffix)
        }
        return outbound.count <= maximumUnreadBytes
    }

    /// Adds bytes that others are sent too.
    ///
    /// - Returns: whether there is room; if not, the client reads too little, and gets no further response.
    func append(_ bytes: ByteBuffer) -> Bool {
        outbound.append(bytes)
        return outbound.count <= maximumUnreadBytes
    }

    /// Hands over what waits.
    ///
    /// - Parameters:
    ///   - context: of the connection's last handler.
    ///   - whenTaken: called once nothing waits any more: what was held back begins.
    ///   - resume: called in a later turn of the event loop to flush what is left.
    func flush(_ context: ChannelHandlerContext, whenTaken: () -> Void, resume: @escaping @Sendable () -> Void) {
        guard !isFlushing else { return }
        isFlushing = true
        outbound.write(context, resume: resume)
        context.flush()
        let wasEmpty = outbound.isEmpty
        if wasEmpty { whenTaken() }
        isFlushing = false
        // A call may complete at once: its response leaves in a later turn, so that other connections have theirs.
        if wasEmpty, !outbound.isEmpty, context.channel.isWritable { context.eventLoop.execute(resume) }
        outbound.settle(context.channel)
    }

    /// Forgets everything.
    func removeAll() { outbound.removeAll() }
}
