import Gateway
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
            let client = try await live.openSocket()
            client.subscribe("q", query(id))
            #expect(await client.next() == .text(#"{"id":"q","type":"next","payload":\#(data("zero"))}"#))
            try await live.change(id, ["title": "one"])
            #expect(await client.next() == .text(#"{"id":"q","type":"next","payload":\#(data("one"))}"#))
        }
    }

    @Test func errorThatEndsAMultipartStreamIsBesideThePayload() async throws {
        let exhausted: (inout GatewayUnderTest.Options) -> Void = {
            $0.limits.client = ClientLimits(callsPerMinute: 0)
        }
        try await SubscribedGateway.run(exhausted) { live in
            let id = try #require(live.issues().first)
            let connection = try live.subscribe(query(id), accept: "multipart/mixed;subscriptionSpec=1.0")
            let text = await connection.read(until: "--graphql--")
            let line = text.replacing("\r\n", with: "\n").split(separator: "\n").first { $0.hasPrefix("{") }
            let part = try JSONValue(parsing: Array((line ?? "").utf8))
            #expect(part["payload"] == .null, "\(text)")
            #expect(part["errors"]?[0]?["extensions"]?["code"] == "RATE_LIMITED", "\(text)")
        }
    }

    @Test func liveQueryOverPlainJSONHasOneResult() async throws {
        try await SubscribedGateway.run { live in
            let id = try #require(live.issues().first)
            try await live.change(id, ["title": "zero"])
            let response = try await live.gateway.query(query(id), key: SubscribedGateway.key)
            #expect(response.text == data("zero"))
        }
    }
}
