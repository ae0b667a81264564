import GatewayServer
import GatewayTestSupport
import NIOCore
import Testing

/// How a WebSocket ends, and what ends it: https://www.rfc-editor.org/rfc/rfc6455#section-7.
@Suite struct WebSocketClosingTests {
    typealias Client = WebSocketClient

    /// Frames that break the protocol, and the code of the close frame.
    static let broken: [(name: String, bytes: [UInt8], code: Int)] = [
        ("not masked", Client.frame(1, [0x7B], masked: false), 1002),
        ("RSV1", Client.frame(1, [0x7B], reserved: 4), 1002),
        ("RSV2", Client.frame(9, [], reserved: 2), 1002),
        ("RSV3 on close", Client.frame(8, [3, 232], reserved: 1), 1002),
        ("opcode 3", Client.frame(3), 1002),
        ("opcode 7", Client.frame(7), 1002),
        ("opcode 11", Client.frame(11), 1002),
        ("opcode 15", Client.frame(15), 1002),
        ("binary", Client.frame(2, [1]), 1003),
        ("a ping of 126 bytes", Client.frame(9, Array(repeating: 0, count: 126)), 1002),
        ("a fragmented ping", Client.frame(9, [], fin: false), 1002),
        ("a fragmented close", Client.frame(8, [], fin: false), 1002),
        ("a continuation of nothing", Client.frame(0, [1]), 1002),
        ("a last continuation of nothing", Client.frame(0, [1], fin: false), 1002),
        ("a text within a text", Client.frame(1, [0x7B], fin: false) + Client.frame(1, [0x7D]), 1002),
        ("a binary within a text", Client.frame(1, [0x7B], fin: false) + Client.frame(2, [0x7D]), 1002),
        ("no UTF-8", Client.frame(1, [0xCE, 0xBA, 0xED, 0xA0, 0x80]), 1007),
        ("half a character", Client.frame(1, [0xE2, 0x82]), 1007),
        ("no UTF-8, detected before the message ends", Client.frame(1, [0xFF], fin: false), 1007),
        (
            "half a character over fragments",
            Client.frame(1, [0xE2], fin: false) + Client.frame(0, [0x82], fin: false) + Client.frame(0), 1007
        ),
        ("a close of one byte", Client.frame(8, [3]), 1002),
        ("a reason that is no UTF-8", Client.close(1000, [0xFF]), 1007),
        ("a large message", Client.frame(1, Array(repeating: 0x20, count: 100_001)), 1009),
        ("a frame of 2^62 bytes", [0x81, 0xFF, 0x40, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4], 1009),
        (
            "a message large in fragments",
            (0..<11).flatMap { Client.frame($0 == 0 ? 1 : 0, Array(repeating: 0x20, count: 10_000), fin: false) }, 1009
        ),
    ]

    static let codesThatMayNotBeSent = [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535]

    @Test func protocolErrorsCloseTheConnectionWithTheirCode() async throws {
        var options = HTTPServerOptions()
        options.messages.maximumMessageBytes = 100_000
        try await WebSocketTests.run(options) { gateway, _ in
            let codes = Self.codesThatMayNotBeSent.map { (name: "close \($0)", bytes: Client.close($0), code: 1002) }
            for (name, bytes, code) in Self.broken + codes {
                let client = try await Client(to: gateway.server.address)
                // Messages before the broken frame get responses; later ones do not.
                client.raw.send(Client.text(call("echo")) + bytes + Client.text(call("echo", id: 2)))
                let frames = await client.rest()
                #expect(frames.first == .text(result("[]")), "\(name)")
                #expect(frames.dropFirst().map(\.closeCode) == [code], "\(name): \(frames)")
            }
            #expect(try await gateway.send("GET", "/health/ready").status == 200)
        }
    }

    @Test(arguments: [1000, 1001, 1002, 1003, 1007, 1011, 1014, 3000, 3999, 4000, 4999])
    func aCloseIsEchoedWithItsCode(code: Int) async throws {
        try await WebSocketTests.run { gateway, _ in
            let client = try await Client(to: gateway.server.address)
            client.raw.send(Client.close(code, Array("so long".utf8)) + Client.text(call("echo")))
            #expect(await client.rest().map(\.closeCode) == [code])
        }
    }

    @Test func aCloseWithoutACodeIsEchoedWithoutOne() async throws {
        try await WebSocketTests.run { gateway, _ in
            let client = try await Client(to: gateway.server.address)
            client.raw.send(Client.frame(8))
            #expect(await client.rest() == [Client.Frame(opcode: 8, payload: [])])
        }
    }

    @Test func aStopCompletesCallsInProgressAndSaysGoingAway() async throws {
        let clients = try await { () async throws -> [Client] in
            var clients: [Client] = []
            try await WebSocketTests.run { gateway, endpoint in
                clients = [try await Client(to: gateway.server.address), try await Client(to: gateway.server.address)]
                clients[1].send(call("wait"))
                await endpoint.waitUntilBegun(1)
                endpoint.release()
            }
            return clients
        }()
        #expect(await clients[0].rest().map(\.closeCode) == [1001])
        let frames = await clients[1].rest()
        #expect(frames.first == .text(result("\"waited\"")))
        #expect(frames.dropFirst().map(\.closeCode) == [1001])
    }

    @Test func aClientThatDisconnectsDuringACallAffectsNoOther() async throws {
        try await WebSocketTests.run { gateway, endpoint in
            do {
                let client = try await Client(to: gateway.server.address)
                client.send(call("wait"))
                await endpoint.waitUntilBegun(1)
            }
            endpoint.release()
            let other = try await Client(to: gateway.server.address)
            other.send(call("later"))
            #expect(await other.next() == .text(result("\"later\"")))
        }
    }
}
