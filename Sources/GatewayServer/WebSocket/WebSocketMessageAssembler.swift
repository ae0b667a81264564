internal import NIOCore
internal import NIOWebSocket

/// Assembles messages from frames, and reports protocol errors.
///
/// A value without I/O: it returns actions, which its owner performs.
///
/// https://www.rfc-editor.org/rfc/rfc6455#section-5
struct WebSocketMessageAssembler {
    private let maximumMessageBytes: Int
    private var message: [UInt8] = []
    private var isInMessage = false
    private var text = UTF8Validation()

    /// The action after a frame.
    enum Action: Equatable {
        case nothing
        case message([UInt8])
        /// Send a pong with the same data.
        case pong(ByteBuffer)
        /// The client closes the connection: echo its code, if it has sent one.
        case close(UInt16?)
        case fail(WebSocketFailure)
    }

    init(maximumMessageBytes: Int) {
        self.maximumMessageBytes = maximumMessageBytes
    }

    /// The bytes of the incomplete message.
    var byteCount: Int { message.count }

    /// Adds a frame.
    mutating func add(_ frame: WebSocketFrame) -> Action {
        guard frame.maskKey != nil else { return .fail(.unmasked) }
        guard !frame.rsv1, !frame.rsv2, !frame.rsv3 else { return .fail(.reservedBits) }
        switch frame.opcode {
        case .text:
            guard !isInMessage else { return .fail(.interruptedMessage) }
            isInMessage = true
            return append(frame)
        case .continuation:
            guard isInMessage else { return .fail(.strayContinuation) }
            return append(frame)
        case .binary: return .fail(isInMessage ? .interruptedMessage : .binary)
        case .ping: return .pong(frame.unmaskedData)
        case .pong: return .nothing
        case .connectionClose: return Self.close(frame.unmaskedData)
        default: return .fail(.unknownOpcode)
        }
    }

    private mutating func append(_ frame: WebSocketFrame) -> Action {
        let bytes = frame.unmaskedData.readableBytesView
        guard message.count + bytes.count <= maximumMessageBytes else { return .fail(.tooLarge) }
        guard text.add(bytes) else { return .fail(.notUTF8) }
        message.append(contentsOf: bytes)
        guard frame.fin else { return .nothing }
        guard text.isComplete else { return .fail(.notUTF8) }
        let complete = message
        message = []
        isInMessage = false
        return .message(complete)
    }

    /// Parses a close frame.
    ///
    /// https://www.rfc-editor.org/rfc/rfc6455#section-7.4
    private static func close(_ data: ByteBuffer) -> Action {
        var data = data
        guard data.readableBytes > 0 else { return .close(nil) }
        guard let code = data.readInteger(as: UInt16.self) else { return .fail(.badClose) }
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: break
        default: return .fail(.badClose)
        }
        var reason = UTF8Validation()
        guard reason.add(data.readableBytesView), reason.isComplete else { return .fail(.notUTF8) }
        return .close(code)
    }
}
