internal import NIOCore

/// Splits bytes into lines, which end with a line feed or with carriage return and line feed.
struct LineDecoder: ByteToMessageDecoder {
    typealias InboundOut = [UInt8]

    /// The error of a line that exceeds the limit.
    struct TooLong: Error {}

    private let maximumBytes: Int
    /// The number of bytes that have been searched for the end of the line.
    private var searched = 0

    init(maximumBytes: Int) {
        self.maximumBytes = maximumBytes
    }

    mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        let rest = buffer.readableBytesView.dropFirst(searched)
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
            searched = buffer.readableBytes
            guard searched <= maximumBytes else { throw TooLong() }
            return .needMoreData
        }
        let length = end - buffer.readerIndex
        guard length <= maximumBytes else { throw TooLong() }
        searched = 0
        let line = buffer.readBytes(length: length) ?? []
        buffer.moveReaderIndex(forwardBy: 1)
        forward(line, context)
        return .continue
    }

    /// Passes on the last line, even without a line feed.
    mutating func decodeLast(
        context: ChannelHandlerContext,
        buffer: inout ByteBuffer,
        seenEOF: Bool
    ) throws -> DecodingState {
        if case .continue = try decode(context: context, buffer: &buffer) { return .continue }
        if buffer.readableBytes > 0, let line = buffer.readBytes(length: buffer.readableBytes) {
            forward(line, context)
        }
        searched = 0
        return .needMoreData
    }

    /// Passes on a line; a blank one is empty.
    private func forward(_ line: [UInt8], _ context: ChannelHandlerContext) {
        let message = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        let isBlank = message.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        context.fireChannelRead(wrapInboundOut(isBlank ? [] : message))
    }
}
