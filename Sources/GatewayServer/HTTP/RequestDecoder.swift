internal import NIOCore
internal import NIOHTTP1

/// Turns the bytes of a connection into parts of requests: NIO's decoder, behind a check of the version in each request line.
///
/// NIO's parser takes `RTSP/1.1` and `ICE/1.1` for HTTP without saying so, and refuses later minor versions of HTTP/1.
final class RequestDecoder: ByteToMessageDecoder {
    typealias InboundOut = HTTPServerRequestPart

    /// A request line has a major version of HTTP that is not served.
    struct UnsupportedVersion: Error {}

    /// A request line has a longer target than the head may be.
    struct TargetTooLong: Error {}

    /// How many spaces before a target are looked behind.
    private static let mostSpaces = 64

    private let parser: HTTPRequestDecoder
    /// How many of the bytes that the parser has read it will read again, as they are a part of something.
    private var retained = 0
    /// The last byte before those, spaces aside.
    private var lastTaken: UInt8 = 0

    init(_ limits: NIOHTTPDecoderLimitConfiguration) {
        parser = HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: limits)
    }

    func decoderAdded(context: ChannelHandlerContext) { parser.decoderAdded(context: context) }

    func decoderRemoved(context: ChannelHandlerContext) { parser.decoderRemoved(context: context) }

    func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        var start = buffer.readerIndex + max(0, retained - UnusualVersion.mostUndecided)
        while let version = buffer.firstUnusualVersion(from: start) {
            start = version.slash + 1
            // Only the parser knows what the bytes are: part of a request line, a header field or a body.
            try parse(&buffer, to: version.start, context)
            guard isBehindTarget(version, buffer) else { continue }
            switch version.kind {
            case .otherProtocol: throw HTTPParserError.invalidVersion
            case .otherMajor: throw UnsupportedVersion()
            case .laterMinor:
                // Processed as the highest that is known: https://www.rfc-editor.org/rfc/rfc9110#section-2.5-9.
                buffer.setInteger(UInt8(ascii: "1"), at: version.slash + 3)
            }
        }
        try parse(&buffer, to: buffer.writerIndex, context)
        return .needMoreData
    }

    func decodeLast(
        context: ChannelHandlerContext,
        buffer: inout ByteBuffer,
        seenEOF: Bool
    ) throws -> DecodingState {
        try parser.decodeLast(context: context, buffer: &buffer, seenEOF: seenEOF)
    }

    /// Has the parser read up to a position, unless it has already.
    private func parse(_ buffer: inout ByteBuffer, to end: Int, _ context: ChannelHandlerContext) throws {
        let start = buffer.readerIndex
        guard end - start > retained else { return }
        if end == buffer.writerIndex {
            // PERF: nearly always all there is, without a slice of its own.
            do {
                _ = try parser.decode(context: context, buffer: &buffer)
            } catch HTTPParserError.headerOverflow where isWithinTarget || beginsLine(buffer, at: start) {
                throw TargetTooLong()
            }
            retained = buffer.readableBytes
        } else if var piece = buffer.getSlice(at: start, length: end - start) {
            _ = try parser.decode(context: context, buffer: &piece)
            retained = piece.readableBytes
            buffer.moveReaderIndex(to: end - retained)
        }
        noteLastTaken(&buffer, from: start)
    }

    /// Notes the last byte that the parser has taken, spaces aside.
    private func noteLastTaken(_ buffer: inout ByteBuffer, from start: Int) {
        let end = buffer.readerIndex
        guard end > start else { return }
        // Bytes that have been taken cannot be read.
        buffer.moveReaderIndex(to: start)
        defer { buffer.moveReaderIndex(to: end) }
        // PERF: a body may be all spaces; between a method and its target stands one.
        let first = max(start, end - Self.mostSpaces)
        var position = end - 1
        while position >= first {
            guard let byte = buffer.getInteger(at: position, as: UInt8.self) else { return }
            if byte != UInt8(ascii: " ") {
                lastTaken = byte
                return
            }
            position -= 1
        }
        if end - first == Self.mostSpaces { lastTaken = UInt8(ascii: " ") }
    }

    /// Whether bytes that the parser was given all at once are a request line without an end.
    private func beginsLine(_ buffer: ByteBuffer, at start: Int) -> Bool {
        var bytes = buffer
        bytes.moveReaderIndex(to: start)
        return retained == 0 && bytes.beginsEndlessRequestLine
    }

    /// Whether the parser retains the target of a request that has not come to its end.
    ///
    /// Before it, it has taken the method, behind which nothing else is retained.
    private var isWithinTarget: Bool { retained > 0 && UInt8(ascii: "A")...UInt8(ascii: "Z") ~= lastTaken }

    /// Whether a version, up to which the parser has read, stands behind the target of a request.
    ///
    /// The parser retains the target, before which it has taken the method; values come behind a colon, and nothing else is
    /// retained that may have a space in it.
    private func isBehindTarget(_ version: UnusualVersion, _ buffer: ByteBuffer) -> Bool {
        isWithinTarget && buffer.readerIndex < version.start
    }
}
