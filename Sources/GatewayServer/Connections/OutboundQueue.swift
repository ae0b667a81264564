private import DequeModule
internal import NIOCore

/// The bytes to be written to one connection, in slices as fast as the client reads them.
///
/// Confined to the connection's event loop. Only the slices that the channel accepts at once are copied.
final class OutboundQueue {
    private enum Piece {
        case buffer(ByteBuffer)
        case bytes([UInt8], written: Int)
    }

    private var pieces = Deque<Piece>()
    private let unread: any UnreadCounting
    private let wrap: (ByteBuffer) -> NIOAny
    private var isWriting = false
    private var isCounted = false
    /// The bytes in the queue.
    private(set) var count = 0

    /// The bytes that are passed to the channel at a time.
    static let sliceBytes = 64 << 10
    /// The bytes after which the other connections of the event loop have their turn.
    private static let bytesPerTurn = 2 << 20

    /// Makes an empty queue.
    ///
    /// - Parameters:
    ///   - unread: is notified of the bytes that the client has not read.
    ///   - wrap: wraps bytes for the next handler.
    init(unread: any UnreadCounting, wrap: @escaping (ByteBuffer) -> NIOAny = { NIOAny($0) }) {
        self.unread = unread
        self.wrap = wrap
    }

    /// Whether all bytes have been passed to the channel.
    var isEmpty: Bool { pieces.isEmpty }

    /// Adds bytes at the end.
    func append(_ buffer: ByteBuffer) {
        guard buffer.readableBytes > 0 else { return }
        count += buffer.readableBytes
        pieces.append(.buffer(buffer))
    }

    /// Adds bytes at the end.
    func append(_ bytes: [UInt8], from start: Int = 0) {
        guard bytes.count > start else { return }
        count += bytes.count - start
        pieces.append(.bytes(bytes, written: start))
    }

    /// Passes bytes to the channel as long as it is writable; the last of them are not flushed.
    ///
    /// - Parameters:
    ///   - context: the context of the connection's last handler.
    ///   - resume: called in a later turn of the event loop, if this turn has written enough.
    func write(_ context: ChannelHandlerContext, resume: @escaping @Sendable () -> Void) {
        guard !isWriting else { return }
        isWriting = true
        defer {
            isWriting = false
            // The queue of an idle connection takes no memory.
            if pieces.isEmpty { pieces = Deque() }
        }
        var turn = 0
        while context.channel.isWritable, let slice = next(context.channel.allocator) {
            turn += slice.readableBytes
            count -= slice.readableBytes
            context.write(wrap(slice), promise: nil)
            if !context.channel.isWritable { context.flush() }
            if turn >= Self.bytesPerTurn, !pieces.isEmpty {
                context.eventLoop.execute(resume)
                return
            }
        }
    }

    /// Reports the bytes in the queue to the bound for all connections, or that there are none.
    func settle(_ channel: any Channel) {
        let isUnread = !pieces.isEmpty || !channel.isWritable
        guard isUnread || isCounted else { return }
        isCounted = isUnread
        unread.setUnread(isUnread ? count + Self.channelBytes : 0, channel)
    }

    /// The bytes that a channel buffers itself when it is not writable.
    private static let channelBytes = 64 << 10

    /// Drops all bytes.
    func removeAll() {
        pieces.removeAll()
        count = 0
    }

    private func next(_ allocator: ByteBufferAllocator) -> ByteBuffer? {
        guard let first = pieces.popFirst() else { return nil }
        switch first {
        case .buffer(let buffer):
            return buffer
        case .bytes(let bytes, let written):
            let end = min(bytes.count, written + Self.sliceBytes)
            var slice = allocator.buffer(capacity: end - written)
            slice.writeBytes(bytes[written..<end])
            if end < bytes.count { pieces.prepend(.bytes(bytes, written: end)) }
            return slice
        }
    }
}
