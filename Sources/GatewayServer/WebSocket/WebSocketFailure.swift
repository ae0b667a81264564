internal import NIOWebSocket

/// The reason why the gateway ends a connection because of its frames, with a code for programs and a text for people.
///
/// https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1
enum WebSocketFailure: Error, Equatable {
    case unmasked
    case reservedBits
    case unknownOpcode
    case interruptedMessage
    case strayContinuation
    case badControlFrame
    case badClose
    case binary
    case notUTF8
    case tooLarge
    case overloaded

    /// The failure for an error of NIO's decoder.
    init(_ error: NIOWebSocketError) {
        switch error {
        case .invalidFrameLength: self = .tooLarge
        case .fragmentedControlFrame, .multiByteControlFrameLength: self = .badControlFrame
        }
    }

    /// The code of the close frame.
    var code: UInt16 {
        switch self {
        case .overloaded: 1013
        case .unmasked, .reservedBits, .unknownOpcode, .interruptedMessage, .strayContinuation, .badControlFrame,
            .badClose:
            1002
        case .binary: 1003
        case .notUTF8: 1007
        case .tooLarge: 1009
        }
    }

    /// The reason in the close frame: at most 123 bytes of UTF-8.
    var reason: String {
        switch self {
        case .unmasked: "Frames of clients must be masked."
        case .reservedBits: "No extension is in use: the reserved bits must be zero."
        case .unknownOpcode: "There is no such opcode."
        case .interruptedMessage: "A message began before the one before it ended."
        case .strayContinuation: "A frame continues a message, and none has begun."
        case .badControlFrame: "Control frames are not fragmented and hold at most 125 bytes."
        case .badClose: "The closing frame has no code that may be sent."
        case .binary: "Messages are text; send JSON in text messages."
        case .notUTF8: "The text is not UTF-8."
        case .tooLarge: "The message exceeds the size limit."
        case .overloaded: "Too many requests are arriving at once; connect again later."
        }
    }
}
