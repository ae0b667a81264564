import GatewayServer
import GatewayTestSupport
import JSON
import NIOCore
import Testing

/// GraphQL over WebSocket by the protocol `graphql-transport-ws`.
@Suite(.timeLimit(.minutes(15))) struct GraphQLSocketTests {
    private static let subscription =
        #"{"id":"s","type":"subscribe","payload":{"query":"subscription { issueChanged { kind issue { title } } }"}}"#

    private func open(_ live: SubscribedGateway) async throws -> WebSocketClient {
        let client = try await live.openSocket()
        #expect(client.head.hasPrefix("HTTP/1.1 101 "))
        #expect(client.head.lowercased().contains("sec-websocket-protocol: graphql-transport-ws\r\n"))
        return client
    }

    /// Opens a connection that has not sent its first message.
    private func openSilently(_ live: SubscribedGateway) async throws -> WebSocketClient {
        let field = "Sec-WebSocket-Protocol: graphql-transport-ws\r\n"
        return try await WebSocketClient(to: live.gateway.server.address, field, path: "/graphql")
    }

    @Test func subscriptionsQueriesAndMutationsShareAConnection() async throws {
        try await SubscribedGateway.run { live in
            let id = try #require(live.issues().first)
            let client = try await open(live)
            client.send(Self.subscription)
            client.send(#"{"id":"q","type":"subscribe","payload":{"query":"{ projects { totalCount } }"}}"#)
            let result = #"{"data":{"projects":{"totalCount":4}}}"#
            #expect(await client.next() == .text(#"{"id":"q","type":"next","payload":\#(result)}"#))
            #expect(await client.next() == .text(#"{"id":"q","type":"complete"}"#))
            try await live.change(id, ["title": "one"])
            let event = #"{"data":{"issueChanged":{"kind":"UPDATED","issue":{"title":"one"}}}}"#
            #expect(await client.next() == .text(#"{"id":"s","type":"next","payload":\#(event)}"#))
            client.send(#"{"type":"ping","payload":{"a":1}}"#)
            #expect(await client.next() == .text(#"{"type":"pong","payload":{"a":1}}"#))
            client.send(#"{"id":"s","type":"complete"}"#)
            // Its id is free again.
            client.send(#"{"id":"s","type":"subscribe","payload":{"query":"{ nothing }"}}"#)
            let error = try await client.nextJSON()
            #expect(error["type"] == "error")
            #expect(error["payload"]?[0]?["extensions"]?["code"] == "GRAPHQL_VALIDATION_FAILED")
        }
    }

    @Test(arguments: [
        ([#"{"type":"connection_init"}"#, #"{"type":"connection_init"}"#], 4429),
        ([subscription], 4401),
        ([#"{"type":"connection_init"}"#, "no"], 4400),
        ([#"{"type":"other"}"#], 4400),
        ([#"{"type":"connection_init","payload":7}"#], 4400),
        ([#"{"type":"ping","payload":"x"}"#], 4400),
        ([#"{"type":"pong","payload":[]}"#], 4400),
        ([#"{"type":"connection_init"}"#, #"{"type":"subscribe","payload":{"query":"{ a }"}}"#], 4400),
        ([#"{"type":"connection_init"}"#, #"{"id":"a","type":"subscribe","payload":{}}"#], 4400),
    ])
    func protocolViolationClosesWithItsCode(messages: [String], code: Int) async throws {
        try await SubscribedGateway.run { live in
            let client = try await openSilently(live)
            for message in messages { client.send(message) }
            var frame = await client.next()
            while let text = frame, text.opcode == 1 { frame = await client.next() }
            #expect(frame?.closeCode == code)
        }
    }

    @Test func anIdIsUsedOnceAtATime() async throws {
        try await SubscribedGateway.run { live in
            let client = try await open(live)
            client.send(Self.subscription, Self.subscription)
            #expect(await client.next()?.closeCode == 4409)
        }
    }

    @Test func theReasonOfAClosingFrameHasWholeCharacters() async throws {
        try await SubscribedGateway.run { live in
            let client = try await open(live)
            let id = String(repeating: "é", count: 100)
            let text = Self.subscription.replacing(#""id":"s""#, with: #""id":"\#(id)""#)
            client.send(text, text)
            let frame = try #require(await client.next())
            #expect(frame.closeCode == 4409)
            let reason = "Subscriber for \(id.prefix(54))"
            #expect(frame.payload.dropFirst(2).elementsEqual(reason.utf8), "\(frame)")
        }
    }

    @Test func theFirstMessageMustComeInTime() async throws {
        let impatient: (inout GatewayUnderTest.Options) -> Void = {
            $0.server.messages.initializationTimeout = .milliseconds(1)
        }
        try await SubscribedGateway.run(impatient) { live in
            let client = try await openSilently(live)
            #expect(await client.next()?.closeCode == 4408)
        }
    }

    @Test func aClientThatDoesNotReadIsDropped() async throws {
        let narrow: (inout GatewayUnderTest.Options) -> Void = { $0.server.messages.maximumUnreadBytes = 64 << 10 }
        try await SubscribedGateway.run(narrow) { live in
            let client = try await open(live)
            // Each result has a few hundred thousand bytes, which the client does not read.
            let fields = (0..<200).map { "a\($0): issues(first: 20) { nodes { id title description } }" }
            let query = JSONValue.string("{ \(fields.joined(separator: " ")) }")
            let payload = JSONValue.object(["query": query]).serialized()
            for number in 0..<64 {
                let text =
                    #"{"id":"\#(number)","type":"subscribe","payload":\#(String(decoding: payload, as: UTF8.self))}"#
                client.send(text)
            }
            while live.gateway.server.connectionCount > 0, !Task.isCancelled { await Task.yield() }
            #expect(live.gateway.server.connectionCount == 0)
        }
    }

    @Test func connectionsEndWithACodeWhenTheGatewayStops() async throws {
        try await SubscribedGateway.run { live in
            let client = try await open(live)
            client.send(Self.subscription)
            await client.ping()
            async let stopped: Void = live.gateway.server.shutDown(delays: false)
            #expect(await client.next()?.closeCode == 1001)
            client.raw.send(WebSocketClient.close(1001))
            try await stopped
        }
    }

    @Test func theOlderProtocolIsRefusedWithAReason() async throws {
        try await SubscribedGateway.run { live in
            let client = try await WebSocketClient(
                to: live.gateway.server.address,
                "Sec-WebSocket-Protocol: graphql-ws\r\n",
                path: "/graphql"
            )
            #expect(client.head.hasPrefix("HTTP/1.1 400 "))
        }
    }
}
