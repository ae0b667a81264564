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
        session: String? = nil,
        key: String = SubscribedGateway.key
    ) async throws -> GatewayUnderTest.Response {
        let body: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": params]
        var headers: Headers = [
            (name: "Content-Type", value: "application/json"),
            (name: "Accept", value: "application/json, text/event-stream"),
            (name: "Authorization", value: "Bearer \(key)"),
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

    // https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#session-management
    @Test(arguments: ["resources/subscribe", "resources/unsubscribe"])
    func resourceSubscriptionWithoutASessionIsRefused(method: String) async throws {
        try await SubscribedGateway.run { live in
            _ = try await begin(live)
            let id = try #require(live.issues().first)
            for uri in ["workestra://issues/\(id)", "workestra://issues/none"] {
                let response = try await post(live, method, ["uri": .string(uri)])
                #expect(response.status == 400)
                #expect(try response.json()["id"] == 1)
                #expect(try response.json()["error"]?["code"] == -32600)
            }
            // What needs none goes on without it.
            #expect(try await post(live, "ping", [:]).status == 200)
            #expect(try await post(live, "tools/list", [:]).status == 200)
        }
    }

    @Test func aResourceThatCannotBeReadIsNotFollowed() async throws {
        try await SubscribedGateway.run { live in
            let session = try await begin(live)
            let uri: JSONValue = ["uri": "workestra://issues/none"]
            let missing = try await post(live, "resources/subscribe", uri, session: session).json()
            #expect(missing["error"]?["code"] == -32002)
            let read = try await post(live, "resources/read", uri, session: session).json()
            #expect(missing["error"] == read["error"])
        }
    }

    @Test func sessionOfAnotherKeyIsNotFound() async throws {
        try await SubscribedGateway.run { live in
            let id = try #require(live.issues().first)
            let (session, uri) = (try await begin(live), JSONValue.string("workestra://issues/\(id)"))
            _ = try await post(live, "resources/subscribe", ["uri": uri], session: session)
            func send(_ method: String, key: String?) async throws -> Int {
                var headers: Headers = [
                    (name: "Mcp-Session-Id", value: session), (name: "Accept", value: "text/event-stream"),
                ]
                if let key { headers.append((name: "Authorization", value: "Bearer \(key)")) }
                return try await live.gateway.send(method, "/mcp", headers: headers).status
            }
            for key in ["wsk_live_other", nil] {
                for method in ["DELETE", "GET"] {
                    let status = try await send(method, key: key)
                    #expect(status == 404, "\(method) with \(key ?? "no key")")
                }
            }
            let other = "wsk_live_other"
            let followed = try await post(live, "resources/subscribe", ["uri": uri], session: session, key: other)
            #expect(followed.status == 404)
            // It goes on all the same.
            let connection = try await open(live, session)
            try await live.change(id, ["title": "one"])
            #expect(await connection.read(until: "\n\n").contains("notifications/resources/updated"))
            let ended = try await send("DELETE", key: SubscribedGateway.key)
            #expect(ended == 204)
        }
    }

    @Test func inventedSessionIDIsNotFound() async throws {
        try await SubscribedGateway.run { live in
            let id = try #require(live.issues().first)
            let session = try await begin(live)
            for madeUp in ["1", "\(session)0", String(session.reversed()), "a.b"] {
                let uri: JSONValue = ["uri": .string("workestra://issues/\(id)")]
                for method in ["resources/subscribe", "resources/unsubscribe"] {
                    #expect(try await post(live, method, uri, session: madeUp).status == 404)
                }
                let fields: Headers = [
                    (name: "Mcp-Session-Id", value: madeUp), (name: "Accept", value: "text/event-stream"),
                    (name: "Authorization", value: "Bearer \(SubscribedGateway.key)"),
                ]
                for method in ["GET", "DELETE"] {
                    #expect(try await live.gateway.send(method, "/mcp", headers: fields).status == 404)
                }
            }
        }
    }

    private func end(
        _ live: SubscribedGateway,
        _ session: String,
        key: String = SubscribedGateway.key
    ) async throws -> Int {
        let fields: Headers = [
            (name: "Mcp-Session-Id", value: session), (name: "Authorization", value: "Bearer \(key)"),
        ]
        return try await live.gateway.send("DELETE", "/mcp", headers: fields).status
    }

    /// Whatever names a session that has ended learns so, and begins another one.
    @Test func endedSessionIsNotFound() async throws {
        try await SubscribedGateway.run { live in
            let (session, other) = (try await begin(live), try await begin(live))
            // A session is its own client's alone.
            #expect(try await end(live, session, key: SubscribedGateway.key + "_guest") == 404)
            #expect(try await post(live, "ping", [:], session: session).status == 200)
            #expect(try await end(live, session) == 204)
            let id = try #require(live.issues().first)
            let uri: JSONValue = ["uri": .string("workestra://issues/\(id)")]
            for method in ["ping", "tools/list", "tools/call", "resources/read", "resources/subscribe", "nothing"] {
                let ended = try await post(live, method, uri, session: session)
                #expect(ended.status == 404, "\(method)")
                #expect(try ended.json()["error"]?["code"] == -32600)
            }
            #expect(try await end(live, session) == 404)
            // The handshake begins another one, whatever it names.
            let client: JSONValue = ["name": "test", "version": "1"]
            let params: JSONValue = ["protocolVersion": "2025-11-25", "capabilities": [:], "clientInfo": client]
            #expect(try await post(live, "initialize", params, session: session).status == 200)
            #expect(try await post(live, "ping", [:], session: other).status == 200)
        }
    }

    /// What has not the form of an id is that of no process of the gateway.
    @Test func aTextThatIsNoIDOfASessionIsRefused() async throws {
        try await SubscribedGateway.run { live in
            let session = try await begin(live)
            for madeUp in ["1", "\(session)0", "a.b", session.uppercased()] {
                #expect(try await post(live, "ping", [:], session: madeUp).status == 404)
            }
            // One of another process, or of before a restart, serves where nothing of a session is needed.
            let other = String(session.reversed())
            #expect(try await post(live, "ping", [:], session: other).status == 200)
        }
    }

    // MARK: - Without a session

    private static func listening(_ notifications: JSONValue, id: JSONValue) -> JSONValue {
        let meta: JSONValue = [
            "io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": [:],
        ]
        return [
            "jsonrpc": "2.0", "id": id, "method": "subscriptions/listen",
            "params": ["_meta": meta, "notifications": notifications],
        ]
    }

    private func listen(
        _ live: SubscribedGateway,
        _ notifications: JSONValue,
        id: JSONValue = 7
    ) throws -> RawConnection {
        let bytes = Self.listening(notifications, id: id).serialized()
        let connection = try RawConnection(to: live.gateway.server.address)
        connection.send(
            "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2026-07-28\r\n"
                + "Mcp-Method: subscriptions/listen\r\nAuthorization: Bearer \(SubscribedGateway.key)\r\n"
                + "Content-Length: \(bytes.count)\r\n\r\n"
        )
        connection.send(bytes)
        return connection
    }

    private static func message(_ method: String, _ params: String, id: String = "7") -> String {
        #"data: {"jsonrpc":"2.0","method":"notifications/\#(method)","params":{"_meta":{"#
            + #""io.modelcontextprotocol/subscriptionId":\#(id)},\#(params)}}"#
    }

    @Test func aStreamHasNotificationsOfWhatItsRequestNames() async throws {
        try await SubscribedGateway.run { live in
            let ids = live.issues()
            let uris = ids.prefix(2).map { "workestra://issues/\($0)" }
            let connection = try listen(
                live,
                [
                    "resourceSubscriptions": .array(
                        (uris + ["workestra://issues/none", "other://1"]).map { .string($0) }
                    ),
                    "toolsListChanged": true,
                ]
            )
            let followed = #""notifications":{"resourceSubscriptions":["\#(uris[0])","\#(uris[1])"]}"#
            let acknowledged = Self.message("subscriptions/acknowledged", followed) + "\n\n"
            let head = await connection.read(until: acknowledged)
            #expect(head.hasPrefix("HTTP/1.1 200 ") && head.lowercased().contains("content-type: text/event-stream"))
            #expect(head.hasSuffix("event: message\n" + acknowledged) || head.contains(acknowledged), "\(head)")
            try await live.change(ids[2], ["title": "not followed"])
            try await live.change(ids[1], ["title": "one"])
            let updated = Self.message("resources/updated", #""uri":"\#(uris[1])""#) + "\n\n"
            let next = await connection.read(until: updated)
            #expect(next.contains(updated) && !next.contains(ids[2]), "\(next)")
            async let stopped: Void = live.gateway.server.shutDown(delays: false)
            let rest = await connection.readToEnd()
            let end =
                #"data: {"jsonrpc":"2.0","result":{"resultType":"complete","_meta":{"io.modelcontextprotocol/subscriptionId":7}},"id":7}"#
            #expect(rest.contains(end), "\(rest)")
            try await stopped
        }
    }

    @Test func idsOfStreamsAreEchoed() async throws {
        try await SubscribedGateway.run { live in
            let connection = try listen(live, [:], id: "a b")
            let acknowledged = Self.message("subscriptions/acknowledged", #""notifications":{}"#, id: #""a b""#)
            #expect(await connection.read(until: "\n\n").contains(acknowledged))
        }
    }

    @Test(
        arguments: [
            .null, ["resourceSubscriptions": "workestra://issues/1"], ["resourceSubscriptions": [7]],
            ["resourceSubscriptions": .array((0...100).map { .string("workestra://issues/\($0)") })],
        ] as [JSONValue]
    )
    func invalidSubscriptionFilterIsRefused(filter: JSONValue) async throws {
        try await SubscribedGateway.run { live in
            let connection = try listen(live, filter)
            let text = await connection.read(until: "}")
            #expect(text.hasPrefix("HTTP/1.1 400 ") && text.contains("-32602"), "\(text)")
        }
    }

    /// As many sessions as one caller may have: with one more it would lose the oldest.
    @Test func aRequestWhoseClientTakesNoStreamLeavesNoSession() async throws {
        try await SubscribedGateway.run { live in
            let id = try #require(live.issues().first)
            let session = try await begin(live)
            let uri: JSONValue = ["uri": .string("workestra://issues/\(id)")]
            #expect(try await post(live, "resources/subscribe", uri, session: session).status == 200)
            let headers: Headers = [
                (name: "Content-Type", value: "application/json"), (name: "Accept", value: "application/json"),
                (name: "MCP-Protocol-Version", value: "2026-07-28"),
                (name: "Mcp-Method", value: "subscriptions/listen"),
                (name: "Authorization", value: "Bearer \(SubscribedGateway.key)"),
            ]
            let body = Self.listening([:], id: 7).serialized()
            for _ in 0..<50 {
                #expect(try await live.gateway.send("POST", "/mcp", headers: headers, body: body).status == 406)
            }
            #expect(try await post(live, "ping", [:], session: session).status == 200)
        }
    }

    // MARK: - Errors

    @Test func invalidResourceSubscriptionsHaveErrorCodes() async throws {
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
