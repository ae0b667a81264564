internal import NIOCore
internal import NIOWebSocket

/// Encodes the heads of frames that a server sends: final and not masked.
///
/// https://www.rfc-editor.org/rfc/rfc6455#section-5.2
enum WebSocketFrameHead {
    /// The head of a frame with so many bytes of data.
    static func bytes(_ opcode: WebSocketOpcode, length: Int) -> ByteBuffer {
        var head = ByteBuffer()
        head.writeInteger(0x80 | UInt8(webSocketOpcode: opcode))
        switch length {
        case ...125:
            head.writeInteger(UInt8(length))
        case ...0xFFFF:
            head.writeInteger(UInt8(126))
            head.writeInteger(UInt16(length))
        default:
            head.writeInteger(UInt8(127))
            head.writeInteger(UInt64(length))
        }
        return head
    }
}
