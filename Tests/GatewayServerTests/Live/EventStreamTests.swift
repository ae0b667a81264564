import GatewayServer
import GatewayTestSupport
import JSON
import NIOCore
import Sandbox
import Testing

/// Subscriptions over HTTP: server-sent events and parts of `multipart/mixed`.
@Suite struct EventStreamTests {
    private static let query = "subscription { issueChanged { kind id issue { title status } } }"

    /// The events of a response so far, without the framing of HTTP.
    private func events(_ text: String) -> [String] {
        text.split(separator: "\n").filter { $0.hasPrefix("data: ") }.map {
            String($0.dropFirst(6).filter { $0 != "\r" })
        }
    }

    /// The events that come next; a sign of life is none, and comes where a machine takes long.
    private func next(_ connection: RawConnection) async -> [String] {
        while true {
            let text = await connection.read(until: "\n\n")
            if text.contains("data: ") || !text.contains(":\n\n") { return events(text) }
        }
    }

    private func data(_ kind: String, _ id: String, title: String) -> String {
        "{\"data\":{\"issueChanged\":{\"kind\":\"\(kind)\",\"id\":\"\(id)\",\"issue\":{\"title\":\"\(title)\"}}}}"
    }

    private static let titles = "{ kind id issue { title } }"

    @Test func changesOfOthersAndOwnWritesAreEvents() async throws {
        try await SubscribedGateway.run { live in
            let id = try #require(live.issues().first)
            let connection = try live.subscribe("subscription { issueChanged \(Self.titles) }")
            let head = await connection.read(until: "\r\n\r\n")
            #expect(head.lowercased().contains("content-type: text/event-stream"))
            try await live.change(id, ["title": "one"])
            #expect(await next(connection) == [data("UPDATED", id, title: "one")])
            let mutation =
                "mutation { updateIssue(id: \"\(id)\", input: { title: \"two\" }) { deletedId: __typename } }"
            #expect(try await live.gateway.query(mutation, key: SubscribedGateway.key).json()["errors"] == nil)
            #expect(await next(connection) == [data("UPDATED", id, title: "two")])
            // The webhook of that write reports no other state.
            #expect(await live.sandbox.deliveredWebhooks() == [202])
            try await live.change(id, ["title": "three"])
            #expect(await next(connection) == [data("UPDATED", id, title: "three")])
        }
    }

    /// A client that waits for what changes is not one that has gone.
    @Test func aStreamOutlivesTheTimeAfterWhichIdleConnectionsAreClosed() async throws {
        try await SubscribedGateway.run {
            $0.server.connection.idleTimeout = .milliseconds(50)
        } _: { live in
            let id = try #require(live.issues().first)
            let connection = try live.subscribe("subscription { issueChanged \(Self.titles) }")
            _ = await connection.read(until: "\r\n\r\n")
            // Connections of the same event loop that are really idle, and end later than the stream would.
            for number in 0..<2 {
                let idle = try RawConnection(to: live.gateway.server.address)
                let text = await idle.readToEnd()
                #expect(text == "")
                try await live.change(id, ["title": .string("\(number)")])
                #expect(await next(connection) == [data("UPDATED", id, title: "\(number)")])
            }
        }
    }

    @Test func subscriberGetsNoEventsOfHiddenObjects() async throws {
        try await SubscribedGateway.run { live in
            let guest = SubscribedGateway.key + "_guest"
            let visible = live.issues(seenBy: guest)
            let hidden = try #require(live.issues().first { !visible.contains($0) })
            let shown = try #require(visible.first)
            let connection = try live.subscribe("subscription { issueChanged \(Self.titles) }", key: guest)
            _ = await connection.read(until: "\r\n\r\n")
            try await live.change(hidden, ["title": "secret"])
            try await live.delete(hidden)
            try await live.change(shown, ["title": "public"])
            #expect(await next(connection) == [data("UPDATED", shown, title: "public")])
        }
    }

    @Test func objectThatLeavesTheFilterHasOneLastEvent() async throws {
        try await SubscribedGateway.run { live in
            let ids = live.issues()
            for id in ids.prefix(2) { try await live.change(id, ["status": "backlog"]) }
            let query =
                "subscription { issueChanged(status: \"open\", ids: [\"\(ids[0])\"]) { kind issue { status } } }"
            let connection = try live.subscribe(query)
            _ = await connection.read(until: "\r\n\r\n")
            func text(_ status: String) -> String {
                "{\"data\":{\"issueChanged\":{\"kind\":\"UPDATED\",\"issue\":{\"status\":\"\(status)\"}}}}"
            }
            try await live.change(ids[1], ["status": "open"])
            try await live.change(ids[0], ["title": "still in the backlog"])
            try await live.change(ids[0], ["status": "open"])
            #expect(await next(connection) == [text("open")])
            try await live.change(ids[0], ["status": "done"])
            #expect(await next(connection) == [text("done")])
            try await live.change(ids[0], ["title": "no longer looked at"])
            try await live.change(ids[0], ["status": "open"])
            #expect(await next(connection) == [text("open")])
        }
    }

    @Test func aDeletionIsSeenByWhoHasSeenTheObject() async throws {
        try await SubscribedGateway.run { live in
            let id = try #require(live.issues().first)
            let connection = try live.subscribe("subscription { issueChanged \(Self.titles) }")
            _ = await connection.read(until: "\r\n\r\n")
            try await live.change(id, ["title": "last"])
            #expect(await next(connection) == [data("UPDATED", id, title: "last")])
            try await live.delete(id)
            let deleted = "{\"data\":{\"issueChanged\":{\"kind\":\"DELETED\",\"id\":\"\(id)\",\"issue\":null}}}"
            #expect(await next(connection) == [deleted])
        }
    }

    @Test func manySubscribersOfOneKeyCostOneCall() async throws {
        try await SubscribedGateway.run { live in
            let id = try #require(live.issues().first)
            let query = "subscription { issueChanged(ids: [\"\(id)\"]) \(Self.titles) }"
            let connections = try (0..<50).map { _ in try live.subscribe(query) }
            for connection in connections { _ = await connection.read(until: "\r\n\r\n") }
            try await live.change(id, ["title": "shared"])
            for connection in connections {
                #expect(await next(connection) == [data("UPDATED", id, title: "shared")])
            }
            #expect(live.sandbox.calls().count(of: "GET /issues/:id") == 1)
        }
    }

    @Test func streamsEndWithoutCompleteWhenTheGatewayStops() async throws {
        try await SubscribedGateway.run { live in
            let connection = try live.subscribe(Self.query)
            _ = await connection.read(until: "\r\n\r\n")
            try await live.gateway.server.shutDown(delays: false)
            #expect(await !connection.readToEnd().contains("complete"))
        }
    }

    @Test func finishedOperationIsFollowedByComplete() async throws {
        try await SubscribedGateway.run { live in
            let invalid = try live.subscribe("subscription { nothing }")
            let text = await invalid.read(until: "event: complete\ndata: \n\n")
            #expect(text.contains("GRAPHQL_VALIDATION_FAILED"))
            let query = try live.subscribe("{ projects(first: 1) { totalCount } }")
            let result = await query.read(until: "event: complete\ndata: \n\n")
            #expect(events(result).first == "{\"data\":{\"projects\":{\"totalCount\":4}}}")
            let unknown = try live.subscribe("subscription { issueChanged(workspace: \"other\") { id } }")
            #expect(await unknown.read(until: "event: complete\ndata: \n\n").contains("BAD_USER_INPUT"))
        }
    }

    @Test(arguments: [
        "multipart/mixed;boundary=\"graphql\";subscriptionSpec=1.0,application/json",
        "multipart/mixed; subscriptionSpec=\"1.0\"",
    ])
    func multipartSubscriptionWrapsEventsInPayload(accept: String) async throws {
        try await SubscribedGateway.run { live in
            let id = try #require(live.issues().first)
            let connection = try live.subscribe("subscription { issueChanged \(Self.titles) }", accept: accept)
            let head = await connection.read(until: "\r\n\r\n").lowercased()
            #expect(head.contains("content-type: multipart/mixed; boundary=graphql; subscriptionspec=1.0"))
            try await live.change(id, ["title": "part"])
            let part = await connection.read(until: "}}}}\r\n--graphql")
            #expect(part.contains("\r\nContent-Type: application/json\r\n\r\n"))
            #expect(part.contains("{\"payload\":" + data("UPDATED", id, title: "part") + "}"))
        }
    }

    @Test func aSubscriptionNeedsAStream() async throws {
        try await SubscribedGateway.run { live in
            let response = try await live.gateway.query(Self.query, key: SubscribedGateway.key).json()
            #expect(response["errors"]?[0]?["extensions"]?["code"] == "METHOD_NOT_ALLOWED")
        }
    }

    /// What keeps a subscription from beginning is no result of it.
    @Test func errorsOfASubscriptionThatDoesNotBeginStandBesideThePayload() async throws {
        try await SubscribedGateway.run { live in
            let query = "subscription { issueChanged(workspace: \"other\") { id } }"
            let connection = try live.subscribe(query, accept: "multipart/mixed;subscriptionSpec=1.0,application/json")
            let text = await connection.read(until: "--graphql--\r\n")
            let start = #"{"payload":null,"errors":[{"message":"There is no workspace \"other\"."#
            #expect(text.contains("\r\nContent-Type: application/json\r\n\r\n\(start)"), "\(text)")
            #expect(text.contains(#""extensions":{"code":"BAD_USER_INPUT"}}]}"#), "\(text)")
        }
    }
}
