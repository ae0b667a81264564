import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// The upstream's webhooks drop what they say has changed from the cache, and nothing else.
@Suite struct WebhookTests {
    private static let secret = "whsec_1"

    /// Runs a sandbox that sends its events to a gateway.
    private func run(
        copies: Int = 1,
        sending secret: String = Self.secret,
        _ body: (SandboxServer, GatewayUnderTest) async throws -> Void
    ) async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration { $0.issues = 30 }) { sandbox in
            var options = GatewayUnderTest.Options()
            options.server.webhooks = [WebhookOptions(slug: "acme", secrets: [Array(Self.secret.utf8)])]
            try await sandbox.withGateway(options: options) { gateway in
                let url = "http://\(gateway.server.address)/webhooks/acme"
                var webhook = SandboxWebhook(url: url, secret: secret)
                webhook.copies = copies
                sandbox.server.setWebhook(webhook, ofWorkspace: "acme")
                try await body(sandbox.server, gateway)
            }
        }
    }

    private func title(_ id: String, _ gateway: GatewayUnderTest) async throws -> String? {
        let response = try await gateway.askFirst(
            "query($id: ID!) { issue(id: $id) { title } }",
            variables: ["id": .string(id)]
        )
        return try response.json()["data"]?["issue"]?["title"]?.stringValue
    }

    @Test func aChangeIsSeenAtOnceAndTheRestStaysCached() async throws {
        try await run { sandbox, gateway in
            let projects = "{ projects(first: 5) { nodes { id name } } }"
            let issues = "{ issues(first: 100) { nodes { id title } } }"
            // Reads every issue, so that one of them can be changed whose title is cached.
            _ = try await gateway.askFirst(issues)
            _ = try await gateway.askFirst(projects)
            let change = try #require(sandbox.changeRows().first { $0.workspace == "acme" })
            #expect(await sandbox.deliveredWebhooks() == [202])
            let before = sandbox.calls()
            let response = try await gateway.askFirst(issues).json()
            let nodes = response["data"]?["issues"]?["nodes"]?.arrayValue ?? []
            #expect(nodes.first { $0["id"]?.stringValue == change.id }?["title"]?.stringValue == change.title)
            #expect(try await title(change.id, gateway) == change.title)
            #expect(sandbox.calls().count(of: "GET /issues") == before.count(of: "GET /issues") + 1)
            #expect(sandbox.calls().count(of: "GET /issues/:id") == 0)
            _ = try await gateway.askFirst(projects)
            #expect(sandbox.calls().count(of: "GET /projects") == 1)
        }
    }

    @Test func otherObjectsStayCached() async throws {
        try await run { sandbox, gateway in
            let ids = sandbox.rows(of: "issues", seenBy: SandboxUnderTest.ownerKey("acme")).map(\.id)
            for id in ids { _ = try await title(id, gateway) }
            let change = try #require(sandbox.changeRows().first { $0.workspace == "acme" })
            #expect(await sandbox.deliveredWebhooks() == [202])
            let before = sandbox.calls().total
            for id in ids { _ = try await title(id, gateway) }
            #expect(try await title(change.id, gateway) == change.title)
            #expect(sandbox.calls().total == before + 1)
        }
    }

    @Test func aSecondDeliveryIsAcceptedToo() async throws {
        try await run(copies: 3) { sandbox, gateway in
            _ = sandbox.changeRows()
            #expect(await sandbox.deliveredWebhooks() == [202, 202, 202])
        }
    }

    @Test func webhookSignedWithAnotherSecretChangesNothing() async throws {
        try await run(sending: "guessed") { sandbox, gateway in
            let change = try #require(sandbox.changeRows().first { $0.workspace == "acme" })
            #expect(await sandbox.deliveredWebhooks() == [401])
            let old = try await title(change.id, gateway)
            _ = sandbox.changeRows()
            #expect(await sandbox.deliveredWebhooks() == [401])
            #expect(try await title(change.id, gateway) == old)
        }
    }

    @Test func writesOfOthersAreSeenAtOnce() async throws {
        try await run { sandbox, gateway in
            let key = SandboxUnderTest.ownerKey("acme")
            let id = try #require(sandbox.rows(of: "issues", seenBy: key).first?.id)
            _ = try await title(id, gateway)
            let project = "query($id: ID!) { issue(id: $id) { project { name } } }"
            _ = try await gateway.askFirst(project, variables: ["id": .string(id)])
            let upstream = SandboxUnderTest(server: sandbox)
            _ = try await upstream.send([("DELETE", "/issues/\(id)")], key: key).first
            #expect(await sandbox.deliveredWebhooks() == [202])
            #expect(try await title(id, gateway) == nil)
        }
    }

    @Test func theEndpointTakesSignedPostsOnly() async throws {
        try await run { sandbox, gateway in
            let body = Array(#"{"id":"e","type":"cycle.started","data":{}}"#.utf8)
            let field = (
                name: SandboxWebhook.signatureHeader, value: SandboxWebhook.signature(of: body, secret: Self.secret)
            )
            let accepted = try await gateway.send("POST", "/webhooks/acme", headers: [field], body: body)
            #expect(accepted.status == 202)
            #expect(accepted.body.isEmpty)
            let otherHost = [field, (name: "Host", value: "hooks.example.com")]
            #expect(try await gateway.send("POST", "/webhooks/acme", headers: otherHost, body: body).status == 202)
            #expect(try await gateway.send("POST", "/webhooks/acme", body: body).status == 401)
            #expect(try await gateway.send("GET", "/webhooks/acme").status == 405)
            #expect(try await gateway.send("POST", "/webhooks/globex", headers: [field], body: body).status == 404)
            let unknown = try await gateway.send("POST", "/webhooks/globex", headers: [field], body: body)
            #expect(!unknown.text.contains("webhooks"))
            let large = [UInt8](repeating: UInt8(ascii: " "), count: 256 << 10) + body
            let signature = SandboxWebhook.signature(of: large, secret: Self.secret)
            let fields = [(name: SandboxWebhook.signatureHeader, value: signature)]
            #expect(try await gateway.send("POST", "/webhooks/acme", headers: fields, body: large).status == 413)
        }
    }

    @Test func aWriteOfTheGatewaysOwnIsSeenAfterItsWebhookToo() async throws {
        try await run { sandbox, gateway in
            let id = try #require(sandbox.rows(of: "issues", seenBy: SandboxUnderTest.ownerKey("acme")).first?.id)
            let mutation = "mutation($id: ID!) { updateIssue(id: $id, input: { title: \"new\" }) { issue { title } } }"
            let response = try await gateway.askFirst(mutation, variables: ["id": .string(id)])
            #expect(try response.json()["data"]?["updateIssue"]?["issue"]?["title"] == "new")
            #expect(await sandbox.deliveredWebhooks() == [202])
            #expect(try await title(id, gateway) == "new")
        }
    }
}
