import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import Testing

/// Subscriptions by JSON-RPC over WebSockets and lines.
@Suite struct RPCSubscriptionTests {
    private static let select = #""select":"kind issue { title }""#

    private func notification(_ name: String, _ kind: String, title: String) -> String {
        #"{"jsonrpc":"2.0","method":"issues.changed","params":{"subscription":"\#(name)","result":"#
            + #"{"kind":"\#(kind)","issue":{"title":"\#(title)"}}}}"#
    }

    @Test func eventsAreNotificationsOnAWebSocket() async throws {
        try await SubscribedGateway.run { live in
            let id = try #require(live.issues().first)
            let client = try await WebSocketClient(
                to: live.gateway.server.address,
                "Authorization: Bearer \(SubscribedGateway.key)\r\n"
            )
            client.send(#"{"jsonrpc":"2.0","method":"issues.subscribe","params":{\#(Self.select)},"id":7}"#)
            #expect(await client.next() == .text(#"{"jsonrpc":"2.0","result":"1","id":7}"#))
            try await live.change(id, ["title": "one"])
            #expect(await client.next() == .text(notification("1", "UPDATED", title: "one")))
            // Calls go on beside it.
            client.send(#"{"jsonrpc":"2.0","method":"projects.list","params":{"select":"totalCount"},"id":8}"#)
            #expect(await client.next() == .text(#"{"jsonrpc":"2.0","result":{"totalCount":4},"id":8}"#))
            client.send(#"{"jsonrpc":"2.0","method":"issues.unsubscribe","params":["1"],"id":9}"#)
            #expect(await client.next() == .text(#"{"jsonrpc":"2.0","result":true,"id":9}"#))
            try await live.change(id, ["title": "two"])
            client.send(#"{"jsonrpc":"2.0","method":"issues.unsubscribe","params":{"subscription":"1"},"id":10}"#)
            #expect(await client.next() == .text(#"{"jsonrpc":"2.0","result":false,"id":10}"#))
        }
    }

    /// A subscription is ended by the method of its own field, and begun by a call alone.
    @Test func subscriptionsAreEndedByTheirOwnMethod() async throws {
        try await SubscribedGateway.run { live in
            let client = try await WebSocketClient(
                to: live.gateway.server.address,
                "Authorization: Bearer \(SubscribedGateway.key)\r\n"
            )
            // A notification, which has no response that could name the subscription.
            client.send(#"{"jsonrpc":"2.0","method":"issues.subscribe","params":{\#(Self.select)}}"#)
            client.send(#"{"jsonrpc":"2.0","method":"issues.subscribe","params":{\#(Self.select)},"id":1}"#)
            #expect(await client.next() == .text(#"{"jsonrpc":"2.0","result":"1","id":1}"#))
            client.send(#"{"jsonrpc":"2.0","method":"projects.unsubscribe","params":["1"],"id":2}"#)
            #expect(await client.next() == .text(#"{"jsonrpc":"2.0","result":false,"id":2}"#))
            client.send(#"{"jsonrpc":"2.0","method":"issues.unsubscribe","params":["1"],"id":3}"#)
            #expect(await client.next() == .text(#"{"jsonrpc":"2.0","result":true,"id":3}"#))
        }
    }

    @Test func invalidSubscriptionCallsHaveErrorCodes() async throws {
        try await SubscribedGateway.run { live in
            let client = try await WebSocketClient(
                to: live.gateway.server.address,
                "Authorization: Bearer \(SubscribedGateway.key)\r\n"
            )
            let calls: [(message: String, code: Int)] = [
                (#"{"jsonrpc":"2.0","method":"issues.subscribe","params":{"nothing":1},"id":1}"#, -32602),
                (#"{"jsonrpc":"2.0","method":"issues.subscribe","params":{"select":"nothing"},"id":1}"#, -32602),
                (#"{"jsonrpc":"2.0","method":"issues.subscribe","params":{"workspace":"other"},"id":1}"#, -32602),
                (#"{"jsonrpc":"2.0","method":"issues.unsubscribe","id":1}"#, -32602),
                (#"[{"jsonrpc":"2.0","method":"issues.subscribe","id":1}]"#, -32600),
            ]
            for (message, code) in calls {
                client.send(message)
                let response = try JSONValue(parsing: await client.next()?.payload ?? [])
                let error = response["error"] ?? response[0]?["error"]
                #expect(error?["code"] == .integer(code), "\(message): \(response)")
            }
            let body = Array(#"{"jsonrpc":"2.0","method":"issues.subscribe","id":1}"#.utf8)
            let response = try await live.gateway.send(
                "POST",
                "/rpc",
                headers: [(name: "Content-Type", value: "application/json")],
                body: body
            ).json()
            #expect(response["error"]?["code"] == -32600)
        }
    }

    @Test func eventsAreLinesOnASocket() async throws {
        let listening: (inout GatewayUnderTest.Options) -> Void = {
            $0.server.lineSockets.address = ListenAddress(host: "127.0.0.1", port: 0)
        }
        try await SubscribedGateway.run(listening) { live in
            let id = try #require(live.issues().first)
            let raw = try RawConnection(to: try #require(live.gateway.server.lineAddress))
            raw.send(#"{"jsonrpc":"2.0","method":"auth","params":{"key":"\#(SubscribedGateway.key)"},"id":0}"# + "\n")
            raw.send(#"{"jsonrpc":"2.0","method":"issues.subscribe","params":{\#(Self.select)},"id":1}"# + "\n")
            #expect(await raw.read(until: "\n", times: 2).hasSuffix(#"{"jsonrpc":"2.0","result":"1","id":1}"# + "\n"))
            try await live.change(id, ["title": "line"])
            #expect(await raw.read(until: "\n") == notification("1", "UPDATED", title: "line") + "\n")
        }
    }

    @Test func openRPCDocumentListsSubscriptionMethods() async throws {
        try await SubscribedGateway.run { live in
            let document = try await live.gateway.send("GET", "/openrpc.json").json()
            guard case .array(let methods)? = document["methods"] else {
                Issue.record("The document lists no methods.")
                return
            }
            let begin = methods.first { $0["name"] == "issues.subscribe" }
            #expect(begin?["x-notification"]?["method"] == "issues.changed")
            #expect(methods.contains { $0["name"] == "issues.unsubscribe" })
        }
    }
}
