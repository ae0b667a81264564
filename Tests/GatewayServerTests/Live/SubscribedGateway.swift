import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import NIOCore
import Sandbox
import Upstream

/// A gateway whose sandbox reports changes to it, and what tests do with the two.
struct SubscribedGateway {
    let sandbox: SandboxServer
    let gateway: GatewayUnderTest

    /// The key that sees everything.
    static let key = "wsk_live_acme"
    private static let secret = "whsec_live"

    /// Starts both, lends them to a test, and stops them.
    ///
    /// - Parameters:
    ///   - change: changes the gateway's options.
    ///   - body: the test.
    /// - Throws: what the test throws, or why one of them does not start.
    static func run(
        _ change: (inout GatewayUnderTest.Options) -> Void = { _ in },
        _ body: (SubscribedGateway) async throws -> Void
    ) async throws {
        var configuration = SandboxConfiguration()
        configuration.plan = .unlimited
        (configuration.projects, configuration.issues) = (4, 20)
        let sandbox = try await SandboxServer.start(configuration: configuration)
        var options = GatewayUnderTest.Options()
        // A busy machine may take longer than clients may between opening a WebSocket and their first message.
        options.server.messages.initializationTimeout = .seconds(120)
        options.server.webhooks = [WebhookOptions(slug: "main", secrets: [Array(secret.utf8)])]
        change(&options)
        do {
            try await GatewayUnderTest.run(
                schema: RepositoryFile.schema(),
                upstream: "\(sandbox.baseURL)/api/v1",
                options: options
            ) { gateway in
                let url = "http://\(gateway.server.address)/webhooks/main"
                sandbox.setWebhook(SandboxWebhook(url: url, secret: secret), ofWorkspace: "acme")
                try await body(SubscribedGateway(sandbox: sandbox, gateway: gateway))
            }
            try await sandbox.shutdown()
        } catch {
            try await sandbox.shutdown()
            throw error
        }
    }

    /// The ids of the issues that a key sees.
    func issues(seenBy key: String = key) -> [String] { sandbox.rows(of: "issues", seenBy: key).map(\.id) }

    /// Changes an issue past the gateway, and waits until the gateway has learned of it.
    func change(_ id: String, _ members: JSONObject) async throws {
        try await send("PATCH", "/issues/\(id)", JSONValue.object(members).serialized())
    }

    /// Deletes an issue past the gateway, and waits until the gateway has learned of it.
    func delete(_ id: String) async throws { try await send("DELETE", "/issues/\(id)", nil) }

    private func send(_ method: String, _ path: String, _ body: [UInt8]?) async throws {
        let transport = try CurlTransport()
        let request = TransportRequest(
            method: method,
            url: "\(sandbox.baseURL)/api/v1\(path)",
            headers: [("Authorization", "Bearer \(Self.key)"), ("Content-Type", "application/json")],
            body: body,
            timeout: .seconds(60)
        )
        _ = try await transport.send([request])[0].get()
        await transport.shutDown()
        _ = await sandbox.deliveredWebhooks()
    }

    /// Opens a WebSocket of GraphQL with a key.
    func openSocket(key: String = key) async throws -> WebSocketClient {
        try await .graphQL(to: gateway.server.address, payload: ["Authorization": .string("Bearer \(key)")])
    }

    /// Subscribes by HTTP; returns when the response has begun.
    func subscribe(
        _ query: String,
        key: String = key,
        accept: String = "text/event-stream"
    ) throws -> RawConnection {
        let connection = try RawConnection(to: gateway.server.address)
        let body = JSONValue.object(["query": .string(query)]).serialized()
        connection.send(
            """
            POST /graphql HTTP/1.1\r
            Host: localhost\r
            Content-Type: application/json\r
            Accept: \(accept)\r
            Authorization: Bearer \(key)\r
            Content-Length: \(body.count)\r
            \r

            """
        )
        connection.send(body)
        return connection
    }
}
