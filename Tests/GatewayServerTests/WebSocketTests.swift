import Foundation
import GatewayServer
import GatewayTestSupport
import NIOCore
import Testing

/// JSON-RPC over a WebSocket, frame by frame: https://www.rfc-editor.org/rfc/rfc6455.
@Suite struct WebSocketTests {
    typealias Client = WebSocketClient

    /// Lends a gateway with an endpoint made for tests.
    static func run(
        _ options: HTTPServerOptions = HTTPServerOptions(),
        _ body: (GatewayUnderTest, ScriptedEndpoint) async throws -> Void
    ) async throws {
        let endpoint = ScriptedEndpoint()
        var all = GatewayUnderTest.Options()
        all.messages = endpoint
        all.server = options
        all.server.threads = 1
        try await GatewayUnderTest.run(schema: testSchema, upstream: "http://127.0.0.1:1", options: all) { gateway in
            try await body(gateway, endpoint)
        }
    }

    @Test func theHandshakeIsThatOfTheSpecification() async throws {
        try await Self.run { gateway, _ in
            let client = try await Client(to: gateway.server.address)
            #expect(client.head.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
            #expect(client.head.contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"))
            client.send(call("echo", "[1]"))
            #expect(await client.next() == .text(result("[1]")))
            client.raw.send(Client.close(1000))
            #expect(await client.rest() == [Client.Frame(opcode: 8, payload: [0x03, 0xE8])])
        }
    }

    @Test func framesThatComeWithTheHandshakeAreNotLost() async throws {
        try await Self.run { gateway, _ in
            let client = try await Client(to: gateway.server.address, early: Client.text(call("echo", "[\"early\"]")))
            #expect(await client.next() == .text(result("[\"early\"]")))
        }
    }

    /// Requests that open no WebSocket, and what their responses begin with and contain.
    static let declined: [(name: String, request: String, status: Int, field: String)] = [
        ("version 8", Client.opening(version: "8"), 426, "sec-websocket-version: 13"),
        ("a short key", Client.opening(key: "abc="), 400, "content-type: application/json"),
        ("a key that is no Base64", Client.opening(key: "!!!!!!!!!!!!!!!!!!!!!!=="), 400, "Sec-WebSocket-Key"),
        ("another site's page", Client.opening("Origin: https://evil.example\r\n"), 403, "CSRF_PREVENTED"),
        ("no page of a site", Client.opening("Origin: null\r\n"), 403, "CSRF_PREVENTED"),
        ("no Connection: Upgrade", Client.opening(connection: "keep-alive"), 400, "Connection: Upgrade"),
    ]

    @Test func declinedOpeningHasAReasonAndKeepsTheConnection() async throws {
        try await Self.run { gateway, _ in
            for (name, request, status, field) in Self.declined {
                let raw = try RawConnection(to: gateway.server.address)
                raw.send(request + "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n")
                let text = await raw.read(until: "\r\n\r\nok")
                #expect(text.hasPrefix("HTTP/1.1 \(status) "), "\(name): \(text)")
                #expect(text.contains(field), "\(name): \(text)")
                #expect(text.contains("HTTP/1.1 200 OK"), "\(name): \(text)")
            }
        }
    }

    @Test func anOfferOfAnotherProtocolIsDeclinedAndTheConnectionGoesOn() async throws {
        try await Self.run { gateway, _ in
            let raw = try RawConnection(to: gateway.server.address)
            let offer =
                "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n"
            raw.send(offer)
            #expect(await raw.read(until: "\r\n\r\nok").hasPrefix("HTTP/1.1 200 OK"))
            raw.send(String(repeating: offer, count: 3))
            let text = await raw.read(until: "HTTP/1.1 200 OK", times: 3)
            #expect(text.split(separator: "HTTP/1.1 200 OK", omittingEmptySubsequences: false).count == 4)
        }
    }

    @Test(arguments: ["Origin: http://localhost\r\n", "Origin: https://app.example\r\n"])
    func allowedOriginsMayOpenAWebSocket(origin: String) async throws {
        var options = HTTPServerOptions()
        options.filters.crossOrigin = CrossOriginPolicy(origins: ["https://app.example"])
        try await Self.run(options) { gateway, _ in
            let client = try await Client(to: gateway.server.address, origin)
            #expect(client.head.hasPrefix("HTTP/1.1 101 "))
        }
    }

    @Test func theSubprotocolIsNamedToThoseWhoOfferIt() async throws {
        try await Self.run { gateway, _ in
            let offering = try await Client(to: gateway.server.address, "Sec-WebSocket-Protocol: wamp, jsonrpc\r\n")
            #expect(offering.head.lowercased().contains("\r\nsec-websocket-protocol: jsonrpc\r\n"))
            let other = try await Client(to: gateway.server.address, "Sec-WebSocket-Protocol: wamp\r\n")
            #expect(other.head.hasPrefix("HTTP/1.1 101 "))
            #expect(!other.head.lowercased().contains("sec-websocket-protocol"))
        }
    }

    // MARK: - Messages

    @Test func aMessageMayComeInFragmentsWithPingsBetween() async throws {
        try await Self.run { gateway, _ in
            let client = try await Client(to: gateway.server.address)
            let text = Array(call("echo", "[\"κόσμε\"]").utf8)
            for (index, byte) in text.enumerated() {
                client.raw.send(Client.frame(index == 0 ? 1 : 0, [byte], fin: false))
                client.raw.send(Client.frame(9, [UInt8(index & 127)]))
            }
            client.raw.send(Client.frame(0))
            for index in text.indices {
                #expect(await client.next() == Client.Frame(opcode: 10, payload: [UInt8(index & 127)]))
            }
            #expect(await client.next() == .text(result("[\"κόσμε\"]")))
        }
    }

    @Test(arguments: [0, 1, 125, 126, 127, 65_535, 65_536, 1_000_000])
    func responsesOfAnyLengthComeWhole(length: Int) async throws {
        try await Self.run { gateway, _ in
            let client = try await Client(to: gateway.server.address)
            client.send(call("long", "[\(length)]"))
            #expect(await client.next() == .text(result("\"\(String(repeating: "x", count: length))\"")))
        }
    }

    @Test func responsesComeAsTheyAreReadyAndNotificationsHaveNone() async throws {
        try await Self.run { gateway, endpoint in
            let client = try await Client(to: gateway.server.address)
            client.send(call("wait", id: 1), #"{"jsonrpc":"2.0","method":"echo"}"#, call("echo", id: 2), "{", "[")
            #expect(await client.next() == .text(result("[]", id: 2)))
            for _ in 0..<2 { #expect(await client.next()?.description.contains("-32700") == true) }
            endpoint.release()
            #expect(await client.next() == .text(result("\"waited\"", id: 1)))
        }
    }

    @Test func callsInProgressAreLimitedPerConnectionAndAllGetResponses() async throws {
        var options = HTTPServerOptions()
        options.messages.maximumOutstanding = 4
        try await Self.run(options) { gateway, endpoint in
            let client = try await Client(to: gateway.server.address)
            client.raw.send((0..<50).flatMap { Client.text(call("wait", id: $0)) })
            await endpoint.waitUntilBegun(4)
            let other = try await Client(to: gateway.server.address)
            other.send(call("echo"))
            #expect(await other.next() == .text(result("[]")))
            #expect(endpoint.began == 4)
            endpoint.release()
            var responses: [String] = []
            for _ in 0..<50 { if let frame = await client.next() { responses.append(frame.description) } }
            #expect(responses.sorted() == (0..<50).map { "1: \(result("\"waited\"", id: $0))" }.sorted())
        }
    }

    @Test func aClientThatDoesNotReadIsNotReadFromAndGetsAllInTheEnd() async throws {
        try await Self.run { gateway, _ in
            let client = try await Client(to: gateway.server.address)
            let raw = client.raw
            // A thread of its own: the client cannot finish before its responses are read.
            Thread.detachNewThread {
                raw.send((0..<300).flatMap { Client.text(call("long", "[200000]", id: $0)) })
            }
            let other = try await Client(to: gateway.server.address)
            other.send(call("echo"))
            #expect(await other.next() == .text(result("[]")))
            var count = 0
            while count < 300, await client.next() != nil { count += 1 }
            #expect(count == 300)
        }
    }

    @Test func keysComeWithTheHandshakeOrByAuth() async throws {
        try await Self.run { gateway, _ in
            let known = try await Client(
                to: gateway.server.address,
                "Authorization: Bearer k\r\nWorkspace-Key: two k2\r\n"
            )
            known.send(call("whoami"))
            #expect(await known.next() == .text(result(#"{"key":true,"workspaces":["two"]}"#)))
            let page = try await Client(to: gateway.server.address)
            page.send(
                call("whoami"),
                call("auth", #"{"key":"k","workspaces":{"b":"x","a":"y"}}"#, id: 2),
                call("whoami", id: 3)
            )
            #expect(await page.next() == .text(result(#"{"key":false,"workspaces":[]}"#)))
            #expect(await page.next() == .text(result("true", id: 2)))
            #expect(await page.next() == .text(result(#"{"key":true,"workspaces":["a","b"]}"#, id: 3)))
        }
    }
}
