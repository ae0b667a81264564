import NIOCore
import NIOWebSocket
import Testing

@testable import GatewayServer

/// Which messages frames are put together to, and which frames are refused.
@Suite struct WebSocketMessageAssemblerTests {
    /// A frame of a client.
    struct Frame: Sendable {
        let opcode: WebSocketOpcode
        let bytes: [UInt8]
        var fin = true
        var isMasked = true
        var hasReservedBit = false

        init(_ opcode: WebSocketOpcode, _ text: String, fin: Bool = true) {
            self.init(opcode, bytes: Array(text.utf8), fin: fin)
        }

        init(_ opcode: WebSocketOpcode, bytes: [UInt8], fin: Bool = true) {
            self.opcode = opcode
            self.bytes = bytes
            self.fin = fin
        }

        func changed(_ change: (inout Frame) -> Void) -> Frame {
            var frame = self
            change(&frame)
            return frame
        }
    }

    /// Frames, and what is done after each of them.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let frames: [Frame]
        let actions: [WebSocketMessageAssembler.Action]

        init(_ name: String, _ frames: [Frame], _ actions: [WebSocketMessageAssembler.Action]) {
            testDescription = name
            self.frames = frames
            self.actions = actions
        }
    }

    private static func message(_ text: String) -> WebSocketMessageAssembler.Action { .message(Array(text.utf8)) }

    static let messages = [
        Case("one frame", [Frame(.text, "abc")], [message("abc")]),
        Case("an empty message", [Frame(.text, "")], [message("")]),
        Case(
            "three frames, with a ping between them",
            [
                Frame(.text, "a", fin: false), Frame(.ping, "p"), Frame(.continuation, "b", fin: false),
                Frame(.continuation, "c"),
            ],
            [.nothing, .pong(ByteBuffer(string: "p")), .nothing, message("abc")]
        ),
        Case(
            "a character in two frames",
            [Frame(.text, bytes: [0xC3], fin: false), Frame(.continuation, bytes: [0xA9])],
            [.nothing, message("é")]
        ),
        Case("two messages", [Frame(.text, "a"), Frame(.text, "b")], [message("a"), message("b")]),
        Case("as long as messages may be", [Frame(.text, "0123456789")], [message("0123456789")]),
        Case("a pong that nobody asked for", [Frame(.pong, "x")], [.nothing]),
    ]

    static let failures = [
        Case("not masked", [Frame(.text, "a").changed { $0.isMasked = false }], [.fail(.unmasked)]),
        Case("a reserved bit", [Frame(.text, "a").changed { $0.hasReservedBit = true }], [.fail(.reservedBits)]),
        Case("binary", [Frame(.binary, "a")], [.fail(.binary)]),
        Case(
            "a message in another one",
            [Frame(.text, "a", fin: false), Frame(.text, "b")],
            [.nothing, .fail(.interruptedMessage)]
        ),
        Case(
            "binary in a message",
            [Frame(.text, "a", fin: false), Frame(.binary, "b")],
            [.nothing, .fail(.interruptedMessage)]
        ),
        Case("a continuation of nothing", [Frame(.continuation, "a")], [.fail(.strayContinuation)]),
        Case(
            "a continuation of a complete message",
            [Frame(.text, "a"), Frame(.continuation, "b")],
            [message("a"), .fail(.strayContinuation)]
        ),
        Case(
            "an opcode that is not known",
            [Frame(WebSocketOpcode(encodedWebSocketOpcode: 3) ?? .text, "")],
            [
                .fail(.unknownOpcode)
            ]
        ),
        Case("too long", [Frame(.text, "0123456789a")], [.fail(.tooLarge)]),
        Case(
            "too long together",
            [Frame(.text, "0123456789", fin: false), Frame(.continuation, "a")],
            [.nothing, .fail(.tooLarge)]
        ),
        Case("no UTF-8", [Frame(.text, bytes: [0xFF])], [.fail(.notUTF8)]),
        Case("half a character", [Frame(.text, bytes: [0xC3])], [.fail(.notUTF8)]),
    ]

    static let ends = [
        Case("no code", [Frame(.connectionClose, "")], [.close(nil)]),
        Case("a code", [Frame(.connectionClose, bytes: [0x03, 0xE8])], [.close(1000)]),
        Case("a code of applications", [Frame(.connectionClose, bytes: [0x13, 0x87])], [.close(4999)]),
        Case(
            "a code and a reason",
            [Frame(.connectionClose, bytes: [0x03, 0xE9] + Array("bye".utf8))],
            [.close(1001)]
        ),
        Case("half a code", [Frame(.connectionClose, bytes: [0x03])], [.fail(.badClose)]),
        Case("a code that must not be sent", [Frame(.connectionClose, bytes: [0x03, 0xED])], [.fail(.badClose)]),
        Case("a code below all", [Frame(.connectionClose, bytes: [0x00, 0x01])], [.fail(.badClose)]),
        Case("a code above all", [Frame(.connectionClose, bytes: [0x13, 0x88])], [.fail(.badClose)]),
        Case("a reason that is no UTF-8", [Frame(.connectionClose, bytes: [0x03, 0xE8, 0xFF])], [.fail(.notUTF8)]),
    ]

    @Test(arguments: messages + failures + ends)
    func framesCauseTheExpectedActions(case given: Case) {
        var assembler = WebSocketMessageAssembler(maximumMessageBytes: 10)
        #expect(given.frames.map { assembler.add(Self.frame($0)) } == given.actions)
    }

    private static func frame(_ frame: Frame) -> WebSocketFrame {
        let key: WebSocketMaskingKey? = frame.isMasked ? [1, 2, 3, 4] : nil
        var data = ByteBuffer(bytes: frame.bytes)
        if let key { data.webSocketMask(key) }
        return WebSocketFrame(
            fin: frame.fin,
            rsv1: frame.hasReservedBit,
            opcode: frame.opcode,
            maskKey: key,
            data: data
        )
    }
}
