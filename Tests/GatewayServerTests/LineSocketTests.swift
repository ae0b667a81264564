import Foundation
import Gateway
import GatewayServer
import GatewayTestSupport
import NIOCore
import Testing
import Upstream

/// JSON-RPC line by line, over TCP and over a Unix socket.
@Suite struct LineSocketTests {
    /// Options of a gateway that takes lines over TCP, from anybody or from those who say who they are.
    static func options(needsAuth: Bool = false) -> HTTPServerOptions {
        var options = HTTPServerOptions()
        options.lineSockets.address = ListenAddress(host: "127.0.0.1", port: 0)
        options.lineSockets.caller = needsAuth ? nil : Caller()
        return options
    }

    /// Lends a connection to a gateway that takes lines over TCP.
    static func run(
        _ options: HTTPServerOptions = options(),
        _ body: (RawConnection, ScriptedEndpoint) async throws -> Void
    ) async throws {
        try await WebSocketTests.run(options) { gateway, endpoint in
            try await body(try RawConnection(to: try #require(gateway.server.lineAddress)), endpoint)
        }
    }

    @Test func eachLineGetsALine() async throws {
        try await Self.run { raw, _ in
            raw.send(call("echo", "[1]") + "\n\r\n\n" + call("later", id: 2) + "\r\n{\n")
            raw.send(#"{"jsonrpc":"2.0","method":"echo"}"# + "\n" + call("echo", "[3]", id: 3))
            raw.finishSending()
            let lines = await raw.readToEnd().split(separator: "\n")
            #expect(lines.count == 4)
            #expect(lines.contains { $0.contains("-32700") })
            for line in [result("[1]"), result("\"later\"", id: 2), result("[3]", id: 3)] {
                #expect(lines.contains { $0 == line }, "\(line)")
            }
        }
    }

    /// What an upstream writes on several lines is passed on as it is, but on one.
    @Test func aResponseOnSeveralLinesBecomesOne() async throws {
        try await Self.run { raw, _ in
            raw.send(call("lines") + "\n")
            raw.finishSending()
            let received = await raw.readToEnd()
            #expect(received == result(#"[    1,   "a\nb" ]"#) + "\n")
        }
    }

    @Test func aHalfClosedClientGetsAllResponses() async throws {
        try await Self.run { raw, endpoint in
            raw.send((0..<200).map { call("wait", id: $0) + "\n" }.joined())
            raw.finishSending()
            await endpoint.waitUntilBegun(64)
            endpoint.release()
            let lines = await raw.readToEnd().split(separator: "\n").map(String.init)
            #expect(lines.sorted() == (0..<200).map { result("\"waited\"", id: $0) }.sorted())
        }
    }

    @Test func callsBeforeAuthAreRefusedAndThoseAfterItAreNot() async throws {
        try await Self.run(Self.options(needsAuth: true)) { raw, _ in
            let lines = [
                call("whoami"), #"{"jsonrpc":"2.0","method":"whoami"}"#, "[\(call("whoami", id: 2)),1]",
                call("auth", "[]", id: 3), call("auth", #"{"key":"a b"}"#, id: 4), call("auth", #"["k"]"#, id: 5),
                call("whoami", id: 6),
            ]
            raw.send(lines.joined(separator: "\n"))
            raw.finishSending()
            let responses = await raw.readToEnd().split(separator: "\n").map(String.init)
            let message = #""code":-32001,"message":"Not authenticated: first call auth with {\"key\": KEY}."#
            let refused = #"{"jsonrpc":"2.0","error":{\#(message)","data":{"code":"UNAUTHENTICATED"}},"id":"#
            try #require(responses.count == 6)
            #expect(responses[0] == refused + "1}")
            #expect(responses[1].hasPrefix("[\(refused)2},") && responses[1].contains("-32600"))
            #expect(responses[2].contains("-32602") && responses[3].contains("-32602"))
            #expect(!responses[3].contains("a b"))
            #expect(responses[4] == result("true", id: 5))
            #expect(responses[5] == result(#"{"key":true,"workspaces":[]}"#, id: 6))
        }
    }

    @Test func aLineThatIsTooLongIsRefusedAndTheConnectionEnds() async throws {
        var options = Self.options()
        options.messages.maximumMessageBytes = 1000
        try await Self.run(options) { raw, _ in
            raw.send(call("echo") + "\n" + String(repeating: "x", count: 1001) + "\n" + call("echo", id: 2) + "\n")
            let lines = await raw.readToEnd().split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines.first.map(String.init) == result("[]"))
            #expect(lines.last?.contains("-32600") == true && lines.last?.contains("1000 bytes") == true)
        }
    }

    @Test func aClientThatDoesNotReadIsNotReadFromAndGetsAllInTheEnd() async throws {
        try await Self.run { raw, _ in
            Thread.detachNewThread {
                raw.send((0..<300).map { call("long", "[200000]", id: $0) + "\n" }.joined())
                raw.finishSending()
            }
            #expect(await raw.readToEnd().utf8.count { $0 == UInt8(ascii: "\n") } == 300)
        }
    }

    @Test(arguments: ["POST / HTTP/1.1", "GET /x HTTP/1.0"])
    func httpRequestsOnALineSocketAreRefused(line: String) async throws {
        try await Self.run { raw, _ in
            raw.send("\(line)\r\nHost: a\r\nContent-Type: text/plain\r\n\r\n\(call("echo", "[1]"))\n")
            raw.finishSending()
            let lines = await raw.readToEnd().split(separator: "\n")
            #expect(lines.count == 1)
            #expect(lines.first?.contains("this is HTTP") == true)
        }
    }

    @Test func idleClientIsClosed() async throws {
        var options = Self.options()
        options.messages.idleTimeout = .milliseconds(50)
        try await Self.run(options) { raw, _ in
            #expect(await raw.readToEnd().isEmpty)
        }
    }

    @Test func aUnixSocketIsItsOwnersAloneAndGoesWithTheGateway() async throws {
        let path = "/tmp/gateway-\(UUID().uuidString.prefix(8)).sock"
        var configured = HTTPServerOptions()
        configured.lineSockets.path = path
        configured.lineSockets.caller = Caller(credential: Credential(key: "k"))
        let options = configured
        try await WebSocketTests.run(options) { gateway, _ in
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let raw = try RawConnection(toSocket: path)
            raw.send(call("whoami") + "\n")
            raw.finishSending()
            #expect(await raw.readToEnd() == result(#"{"key":true,"workspaces":[]}"#) + "\n")
            await #expect(throws: (any Error).self) { try await WebSocketTests.run(options) { _, _ in } }
            #expect(FileManager.default.fileExists(atPath: path))
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aStaleSocketIsReplacedAndAFileIsNot() async throws {
        let path = "/tmp/gateway-\(UUID().uuidString.prefix(8)).sock"
        var configured = HTTPServerOptions()
        configured.lineSockets.path = path
        configured.lineSockets.caller = Caller()
        let options = configured
        try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
        await #expect(throws: (any Error).self) {
            try await WebSocketTests.run(options) { _, _ in }
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
        try FileManager.default.removeItem(atPath: path)
        try StaleSocket.make(at: path)
        try await WebSocketTests.run(options) { _, _ in
            let raw = try RawConnection(toSocket: path)
            raw.send(call("echo") + "\n")
            #expect(await raw.read(until: "\n") == result("[]") + "\n")
        }
    }
}
