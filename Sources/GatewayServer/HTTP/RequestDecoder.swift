internal import NIOCore
internal import NIOHTTP1

/// Decodes the bytes of a connection into parts of requests: NIO's decoder, with a check of the version in each request line.
///
/// NIO's parser silently accepts `RTSP/1.1` and `ICE/1.1` as HTTP, and rejects later minor versions of HTTP/1.
final class RequestDecoder: ByteToMessageDecoder {
    typealias InboundOut = HTTPServerRequestPart

    /// The error of a request line with an unsupported major version of HTTP.
    struct UnsupportedVersion: Error {}

    /// The error of a request line whose target exceeds the limit of a head.
    struct TargetTooLong: Error {}

    /// The most spaces before a target that are skipped.
    private static let mostSpaces = 64

    private let parser: HTTPRequestDecoder
    /// The number of bytes that the parser has seen but will read again, as they are an incomplete part.
    private var retained = 0
    /// The last byte before those that is not a space.
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
            // Only the parser can classify the bytes: as part of a request line, a header field or a body.
            try parse(&buffer, to: version.start, context)
            guard isBehindTarget(version, buffer) else { continue }
            switch version.kind {
            case .otherProtocol: throw HTTPParserError.invalidVersion
            case .otherMajor: throw UnsupportedVersion()
            case .laterMinor:
                // Treated as the highest supported version: https://www.rfc-editor.org/rfc/rfc9110#section-2.5-9.
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

    /// Makes the parser read up to an index, unless it has done so.
    private func parse(_ buffer: inout ByteBuffer, to end: Int, _ context: ChannelHandlerContext) throws {
        let start = buffer.readerIndex
        guard end - start > retained else { return }
        if end == buffer.writerIndex {
            // PERF: nearly always the whole buffer, which needs no slice.
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

    /// Stores the last byte that the parser has consumed and that is not a space.
    private func noteLastTaken(_ buffer: inout ByteBuffer, from start: Int) {
        let end = buffer.readerIndex
        guard end > start else { return }
        // Consumed bytes cannot be read otherwise.
        buffer.moveReaderIndex(to: start)
        defer { buffer.moveReaderIndex(to: end) }
        // PERF: a body may be all spaces; between a method and its target there is one.
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

    /// Whether bytes that the parser got all at once are a request line without an end.
    private func beginsLine(_ buffer: ByteBuffer, at start: Int) -> Bool {
        var bytes = buffer
        bytes.moveReaderIndex(to: start)
        return retained == 0 && bytes.beginsEndlessRequestLine
    }

    /// Whether the parser retains the incomplete target of a request.
    ///
    /// Before it, the parser has consumed the method; it retains nothing else after a method.
    private var isWithinTarget: Bool { retained > 0 && UInt8(ascii: "A")...UInt8(ascii: "Z") ~= lastTaken }

    /// Whether a version, up to which the parser has read, follows the target of a request.
    ///
    /// The parser retains the target, before which it has consumed the method. Values follow a colon, and nothing else that may
    /// contain a space is retained.
    private func isBehindTarget(_ version: UnusualVersion, _ buffer: ByteBuffer) -> Bool {
        isWithinTarget && buffer.readerIndex < version.start
    }
}
