internal import NIOCore

/// The first nine bytes of an HTTP/2 frame: https://www.rfc-editor.org/rfc/rfc9113#section-4.1.
struct HTTP2FrameHead: Hashable {
    /// The types of frames that are handled: https://www.rfc-editor.org/rfc/rfc9113#section-6.
    enum Kind: UInt8 {
        case data = 0x0
        case headers = 0x1
        case rstStream = 0x3
        case settings = 0x4
        case goAway = 0x7
        case windowUpdate = 0x8
        case continuation = 0x9
    }

    /// The length of a head in bytes.
    static let byteCount = 9
    /// The most bytes of a payload: the protocol's default, as no other limit is advertised.
    static let maximumLength = 1 << 14
    /// The index of the flags in a head.
    private static let flagsOffset = 4

    private static let endStream: UInt8 = 0x1
    private static let ack: UInt8 = 0x1
    private static let endHeaders: UInt8 = 0x4
    private static let padded: UInt8 = 0x8
    private static let priority: UInt8 = 0x20

    /// The length of the payload in bytes.
    var length: Int
    /// The type; nil: another one.
    let kind: Kind?
    var flags: UInt8 = 0
    /// The stream; 0: the connection.
    var streamID: UInt32 = 0

    /// Whether it ends the sender's side of the stream; only for DATA and HEADERS.
    var endsStream: Bool { flags & Self.endStream != 0 }
    /// Whether it acknowledges another frame; only for SETTINGS.
    var isACK: Bool { flags & Self.ack != 0 }
    /// Whether it ends the header block; only for HEADERS and CONTINUATION.
    var endsHeaders: Bool { flags & Self.endHeaders != 0 }

    /// Whether it has a part of a header block.
    var hasHeaderBlock: Bool { kind == .headers || kind == .continuation }

    /// The range of the header block's part in the complete frame at the reader index; nil: its padding is too long.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9113#section-6.2
    func headerBlock(in buffer: ByteBuffer) -> Range<Int>? {
        var start = buffer.readerIndex + Self.byteCount
        var end = start + length
        guard kind == .headers else { return start..<end }
        if flags & Self.padded != 0 {
            end -= buffer.getInteger(at: start, as: UInt8.self).map { Int($0) } ?? 0
            start += 1
        }
        if flags & Self.priority != 0 { start += 5 }
        return start <= end ? start..<end : nil
    }

    init(_ kind: Kind, length: Int, streamID: UInt32 = 0) {
        self.kind = kind
        self.length = length
        self.streamID = streamID
    }

    /// Reads the head at the reader index, which does not move; nil if it is incomplete.
    init?(of buffer: ByteBuffer) {
        let start = buffer.readerIndex
        guard buffer.readableBytes >= Self.byteCount,
            let word = buffer.getInteger(at: start, as: UInt32.self),
            let flags = buffer.getInteger(at: start + Self.flagsOffset, as: UInt8.self),
            let stream = buffer.getInteger(at: start + 5, as: UInt32.self)
        else { return nil }
        length = Int(word >> 8)
        kind = Kind(rawValue: UInt8(word & 0xFF))
        self.flags = flags
        streamID = stream & 0x7FFF_FFFF
    }

    /// A frame whose payload is 32-bit integers.
    static func frame(_ kind: Kind, streamID: UInt32 = 0, _ payload: UInt32...) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeInteger(UInt32(payload.count * 4) << 8 | UInt32(kind.rawValue))
        buffer.writeInteger(UInt8(0))
        buffer.writeInteger(streamID)
        for value in payload { buffer.writeInteger(value) }
        return buffer
    }

    /// The acknowledgment of the other side's SETTINGS.
    static let settingsACK: ByteBuffer = {
        var buffer = frame(.settings)
        buffer.setInteger(ack, at: flagsOffset)
        return buffer
    }()

    /// Clears END_STREAM in the frame at the reader index.
    static func clearEndStream(of buffer: inout ByteBuffer) {
        let index = buffer.readerIndex + flagsOffset
        guard let flags = buffer.getInteger(at: index, as: UInt8.self) else { return }
        buffer.setInteger(flags & ~endStream, at: index)
    }
}
