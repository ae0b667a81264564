import GatewayServer
import GatewayTestSupport
import JSON
import Testing

/// Queries with `@live` over every transport of subscriptions.
@Suite struct LiveQueryStreamTests {
    private func query(_ id: String) -> String { "query @live { issue(id: \"\(id)\") { title } }" }

    private func data(_ title: String) -> String { "{\"data\":{\"issue\":{\"title\":\"\(title)\"}}}" }

    @Test func serverSentEventsHaveEachResult() async throws {
        try await SubscribedGateway.run { live in
            let id = try #require(live.issues().first)
            try await live.change(id, ["title": "zero"])
            let connection = try live.subscribe(query(id))
            #expect(await connection.read(until: data("zero") + "\n\n").contains("data: " + data("zero")))
            try await live.change(id, ["title": "one"])
            #expect(await connection.read(until: data("one") + "\n\n").contains("data: " + data("one")))
        }
    }

    @Test func socketsHaveEachResult() async throws {
        try await SubscribedGateway.run { live in
            let id = try #require(live.issues().first)
            try await live.change(id, ["title": "zero"])
            let client = try await WebSocketClient(
                to: live.gateway.server.address,
                "Sec-WebSocket-Protocol: graphql-transport-ws\r\n",
                path: "/graphql"
            )
            client.send(#"{"type":"connection_init","payload":{"Authorization":"Bearer \#(SubscribedGateway.key)"}}"#)
            _ = await client.next()
            let text = String(decoding: JSONValue.string(query(id)).serialized(), as: UTF8.self)
            client.send(#"{"id":"q","type":"subscribe","payload":{"query":\#(text)}}"#)
            #expect(await client.next() == .text(#"{"id":"q","type":"next","payload":\#(data("zero"))}"#))
            try await live.change(id, ["title": "one"])
            #expect(await client.next() == .text(#"{"id":"q","type":"next","payload":\#(data("one"))}"#))
        }
    }

    @Test func plainJSONHasOne() async throws {
        try await SubscribedGateway.run { live in
            let id = try #require(live.issues().first)
            try await live.change(id, ["title": "zero"])
            let response = try await live.gateway.query(query(id), key: SubscribedGateway.key)
            #expect(response.text == data("zero"))
        }
    }
}
