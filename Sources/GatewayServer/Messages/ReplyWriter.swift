internal import NIOCore

/// Writes the replies of one connection as fast as its client reads them, and limits the calls by their number of bytes.
///
/// Confined to the connection's event loop.
final class ReplyWriter {
    private let outbound: OutboundQueue
    private let maximumUnreadBytes: Int
    private var isFlushing = false

    /// The bytes of queued replies from which on no more calls begin.
    private static let highWatermark = 1 << 20

    init(monitor: ConnectionMonitor, maximumUnreadBytes: Int) {
        outbound = OutboundQueue(unread: monitor)
        self.maximumUnreadBytes = maximumUnreadBytes
    }

    /// Whether more calls may begin.
    var takesReplies: Bool { outbound.count < Self.highWatermark }

    /// The bytes of queued replies.
    var count: Int { outbound.count }

    /// Whether all replies have been passed to the channel.
    var isEmpty: Bool { outbound.isEmpty }

    /// Queues a reply with a prefix and a suffix.
    ///
    /// - Returns: whether the limit of queued bytes is respected; if not, the client reads too slowly and must be disconnected.
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

    /// Queues bytes that are shared with other connections.
    ///
    /// - Returns: whether the limit of queued bytes is respected; if not, the client reads too slowly and must be disconnected.
    func append(_ bytes: ByteBuffer) -> Bool {
        outbound.append(bytes)
        return outbound.count <= maximumUnreadBytes
    }

    /// Writes queued replies.
    ///
    /// - Parameters:
    ///   - context: the context of the connection's last handler.
    ///   - whenTaken: called when the queue is empty, to begin calls that were held back.
    ///   - resume: called in a later turn of the event loop to flush the rest.
    func flush(_ context: ChannelHandlerContext, whenTaken: () -> Void, resume: @escaping @Sendable () -> Void) {
        guard !isFlushing else { return }
        isFlushing = true
        outbound.write(context, resume: resume)
        context.flush()
        let wasEmpty = outbound.isEmpty
        if wasEmpty { whenTaken() }
        isFlushing = false
        // A call may complete at once: its response is written in a later turn, so that other connections have theirs.
        if wasEmpty, !outbound.isEmpty, context.channel.isWritable { context.eventLoop.execute(resume) }
        outbound.settle(context.channel)
    }

    /// Drops all replies.
    func removeAll() { outbound.removeAll() }
}
