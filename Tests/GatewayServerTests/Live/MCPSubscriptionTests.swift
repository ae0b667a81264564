import GatewayServer
import GatewayTestSupport
import JSON
import Testing
import Upstream

/// Resources that clients of the Model Context Protocol follow.
@Suite struct MCPSubscriptionTests {
    private typealias Headers = [(name: String, value: String)]

    private func post(
        _ live: SubscribedGateway,
        _ method: String,
        _ params: JSONValue,
        session: String? = nil
    ) async throws -> GatewayUnderTest.Response {
        let body: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": params]
        var headers: Headers = [
            (name: "Content-Type", value: "application/json"),
            (name: "Accept", value: "application/json, text/event-stream"),
            (name: "Authorization", value: "Bearer \(SubscribedGateway.key)"),
        ]
        if let session { headers.append((name: "Mcp-Session-Id", value: session)) }
        return try await live.gateway.send("POST", "/mcp", headers: headers, body: body.serialized())
    }

    private func begin(_ live: SubscribedGateway) async throws -> String {
        let client: JSONValue = ["name": "test", "version": "1"]
        let params: JSONValue = ["protocolVersion": "2025-11-25", "capabilities": [:], "clientInfo": client]
        let response = try await post(live, "initialize", params)
        #expect(try response.json()["result"]?["capabilities"]?["resources"]?["subscribe"] == true)
        return try #require(response.headers.first("mcp-session-id"))
    }

    private func open(_ live: SubscribedGateway, _ session: String) async throws -> RawConnection {
        let connection = try RawConnection(to: live.gateway.server.address)
        connection.send(
            "GET /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nMcp-Session-Id: \(session)\r\n"
                + "Authorization: Bearer \(SubscribedGateway.key)\r\n\r\n"
        )
        #expect(await connection.read(until: "\r\n\r\n").lowercased().contains("content-type: text/event-stream"))
        return connection
    }

    @Test func aChangeOfAResourceIsANotification() async throws {
        try await SubscribedGateway.run { live in
            let id = try #require(live.issues().first)
            let (session, uri) = (try await begin(live), JSONValue.string("workestra://issues/\(id)"))
            let followed = try await post(live, "resources/subscribe", ["uri": uri], session: session).json()
            #expect(followed["result"] == .object(JSONObject()))
            _ = try await post(live, "resources/read", ["uri": uri], session: session)
            let connection = try await open(live, session)
            try await live.change(id, ["title": "one"])
            let event =
                #"data: {"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"uri":"\#(uri.stringValue ?? "")"}}"#
            #expect(await connection.read(until: event + "\n\n").contains(event))
            // A stream that is opened later takes the place of the one before.
            let second = try await open(live, session)
            try await live.change(id, ["title": "two"])
            #expect(await second.read(until: event + "\n\n").contains(event))
            let unfollowed = try await post(live, "resources/unsubscribe", ["uri": uri], session: session).json()
            #expect(unfollowed["result"] == .object(JSONObject()))
            let ended = try await live.gateway.send(
                "DELETE",
                "/mcp",
                headers: [
                    (name: "Mcp-Session-Id", value: session),
                    (name: "Authorization", value: "Bearer \(SubscribedGateway.key)"),
                ]
            )
            #expect(ended.status == 204)
        }
    }

    @Test func whatIsWrongIsAnError() async throws {
        try await SubscribedGateway.run { live in
            let session = try await begin(live)
            let uri: JSONValue = ["uri": "workestra://issues/1"]
            #expect(try await post(live, "resources/subscribe", uri).json()["error"]?["code"] == -32600)
            let unknown = try await post(live, "resources/subscribe", ["uri": "other://1"], session: session).json()
            #expect(unknown["error"]?["code"] == -32002)
            let none = try await post(live, "resources/subscribe", [:], session: session).json()
            #expect(none["error"]?["code"] == -32602)
        }
    }
}
