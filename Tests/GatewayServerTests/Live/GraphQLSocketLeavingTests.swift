import Gateway
import GatewayServer
import GatewayTestSupport
import NIOCore
import Testing

/// What goes on when a client of a WebSocket of GraphQL is no longer interested.
@Suite struct GraphQLSocketLeavingTests {
    private static let sdl = """
        schema @upstream { query: Query mutation: Mutation }
        type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") }
        type Mutation { create(name: String): Thing @rest(get: "/create/{name}") }
        type Thing { id: ID! name: String }
        """

    /// Lends a connection to a test, whose upstream holds its responses back.
    private func run(
        maximumOutstanding: Int = 64,
        _ body: (WebSocketClient, HeldTransport) async throws -> Void
    ) async throws {
        let upstream = HeldTransport { path in
            (200, #"{"id":"\#(path.split(separator: "/").last ?? "")","name":"A"}"#)
        }
        var configuration = GatewayConfiguration(
            service: try ServiceConfiguration.oneWorkspace(Self.sdl, before: upstream)
        )
        configuration.server.listeners = [.onFreePort]
        configuration.server.threads = 1
        configuration.server.messages.initializationTimeout = .seconds(120)
        configuration.server.messages.maximumOutstanding = maximumOutstanding
        let server = try await buildGateway(configuration).start()
        do {
            let client = try await WebSocketClient(
                to: server.address,
                "Sec-WebSocket-Protocol: graphql-transport-ws\r\nAuthorization: Bearer k\r\n",
                path: "/graphql"
            )
            client.send(#"{"type":"connection_init"}"#)
            #expect(await client.next() == .text(#"{"type":"connection_ack"}"#))
            try await body(client, upstream)
            upstream.open()
            try await server.shutDown(delays: false)
        } catch {
            upstream.open()
            try await server.shutDown(delays: false)
            throw error
        }
    }

    @Test func whoLeavesDoesNotCancelAWrite() async throws {
        try await run { client, upstream in
            client.send(
                #"{"id":"w","type":"subscribe","payload":{"query":"mutation { a: create(name: \"a\") { id } b: create(name: \"b\") { id } }"}}"#
            )
            await upstream.requests(reach: 1)
            client.send(#"{"id":"w","type":"complete"}"#, #"{"type":"ping"}"#)
            #expect(await client.next() == .text(#"{"type":"pong"}"#))
            upstream.open()
            await upstream.requests(reach: 2)
            #expect(upstream.paths == ["/create/a", "/create/b"])
        }
    }

    @Test func operationsThatAreCancelledCountUntilTheyEnd() async throws {
        try await run(maximumOutstanding: 2) { client, upstream in
            for name in ["a", "b"] {
                client.send(
                    #"{"id":"\#(name)","type":"subscribe","payload":{"query":"mutation { create(name: \"\#(name)\") { id } }"}}"#
                )
            }
            await upstream.requests(reach: 2)
            client.send(
                #"{"id":"a","type":"complete"}"#,
                #"{"id":"c","type":"subscribe","payload":{"query":"mutation { create(name: \"c\") { id } }"}}"#
            )
            #expect(await client.next()?.closeCode == 4429)
        }
    }
}
