import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import NIOCore
import Testing
import Upstream

/// Subscriptions that are open while a service takes the place of another one.
@Suite struct ReplacedSubscriptionTests {
    private static let subscription =
        #"{"id":"s","type":"subscribe","payload":{"query":"subscription { issueChanged { kind } }"}}"#

    /// Gateways of one schema before an upstream that has nothing.
    private struct Setup {
        private let schema: LoadedSchema
        let upstream = HeldTransport { _ in (404, "{}") }

        init(isOpen: Bool = true) throws {
            schema = try LoadedSchema(RepositoryFile.schema())
            if isOpen { upstream.open() }
        }

        /// Builds a gateway; with another timeout its calls are others, and so is what it learns of changes from.
        func build(timeout: Int = 60, replacing previous: BuiltGateway? = nil) -> BuiltGateway {
            let workspace = WorkspaceConfiguration(slug: "main", baseURL: "http://upstream")
            var service = ServiceConfiguration(schema: schema, workspaces: [workspace], transport: upstream)
            service.upstreamTimeout = .seconds(timeout)
            var configuration = GatewayConfiguration(service: service)
            configuration.server.listeners = [.onFreePort]
            configuration.server.threads = 1
            configuration.server.messages.initializationTimeout = .seconds(120)
            return buildGateway(configuration, replacing: previous)
        }

        /// Lends a server to a test, with what replaces the gateway that it serves.
        func run(_ body: (HTTPServer, (_ timeout: Int) -> Void) async throws -> Void) async throws {
            let first = build()
            var current = first
            try await first.serve(releasing: upstream.open) { server in
                try await body(server) { timeout in
                    current = build(timeout: timeout, replacing: current)
                    first.running.serve(current)
                }
            }
        }
    }

    @Test func aWebSocketOfGraphQLEndsWhenItsChangesAreNotReportedAnyMore() async throws {
        try await Setup().run { server, replace in
            let client = try await WebSocketClient.graphQL(to: server.address)
            client.send(Self.subscription)
            await client.ping()
            // Nothing that subscriptions depend on has changed.
            replace(60)
            await client.ping()
            replace(61)
            #expect(await client.next()?.closeCode == 1001)
            client.raw.send(WebSocketClient.close(1001))
        }
    }

    @Test func otherOperationsHaveTheirResponsesBeforeTheConnectionEnds() async throws {
        let setup = try Setup(isOpen: false)
        try await setup.run { server, replace in
            let client = try await WebSocketClient.graphQL(to: server.address, "Authorization: Bearer k\r\n")
            client.send(Self.subscription)
            client.subscribe("q", #"{ issue(id: "1") { title } }"#)
            await setup.upstream.requests(reach: 1)
            replace(61)
            await client.ping()
            setup.upstream.open()
            #expect(await client.next() == .text(#"{"id":"q","type":"next","payload":{"data":{"issue":null}}}"#))
            #expect(await client.next() == .text(#"{"id":"q","type":"complete"}"#))
            #expect(await client.next()?.closeCode == 1001)
            client.raw.send(WebSocketClient.close(1001))
        }
    }

    @Test func aSubscriptionByJSONRPCEndsWithAnError() async throws {
        try await Setup().run { server, replace in
            let client = try await WebSocketClient(to: server.address)
            client.send(call("issues.subscribe", #"{"select":"kind"}"#))
            #expect(await client.next() == .text(result(#""1""#)))
            replace(61)
            let notification = try JSONValue(parsing: await client.next()?.payload ?? [])
            #expect(notification["method"] == "issues.changed")
            #expect(notification["params"]?["subscription"] == "1")
            #expect(notification["params"]?["error"]?["data"]?["code"] == "SHUTTING_DOWN")
            // The connection goes on.
            client.send(call("issues.subscribe", #"{"select":"kind"}"#, id: 2))
            #expect(await client.next() == .text(result(#""2""#, id: 2)))
            client.raw.send(WebSocketClient.close(1000))
        }
    }

    @Test func aStreamOfEventsEnds() async throws {
        try await Setup().run { server, replace in
            let connection = try RawConnection(to: server.address)
            let body = #"{"query":"subscription { issueChanged { kind } }"}"#
            connection.send(
                "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Accept: text/event-stream\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            )
            #expect(await connection.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 200 "))
            replace(61)
            let rest = await connection.read(until: "0\r\n\r\n")
            #expect(rest.hasSuffix("0\r\n\r\n") && !rest.contains("complete"))
        }
    }
}
