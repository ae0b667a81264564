import NIOCore
import NIOWebSocket
import Testing

@testable import GatewayServer

@Suite struct WebSocketFrameHeadTests {
    /// Lengths around those at which the form of a head changes.
    ///
    /// https://www.rfc-editor.org/rfc/rfc6455#section-5.2
    @Test(
        arguments: [
            (.text, 0, [0x81, 0]), (.text, 125, [0x81, 125]), (.text, 126, [0x81, 126, 0, 126]),
            (.text, 0xFFFF, [0x81, 126, 0xFF, 0xFF]), (.text, 0x1_0000, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]),
            (.binary, 1, [0x82, 1]), (.connectionClose, 2, [0x88, 2]), (.ping, 0, [0x89, 0]), (.pong, 4, [0x8A, 4]),
        ] as [(WebSocketOpcode, Int, [UInt8])]
    )
    func aHeadIsAsShortAsItCanBe(opcode: WebSocketOpcode, length: Int, bytes: [UInt8]) {
        #expect(Array(WebSocketFrameHead.bytes(opcode, length: length).readableBytesView) == bytes)
    }

    @Test func acceptanceIsTheRFCsHashOfTheKey() {
        // The example of https://www.rfc-editor.org/rfc/rfc6455#section-1.3
        #expect(WebSocketHandshake.acceptance(of: "dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    }
}
