import Gateway
import GatewayServer
import GatewayTestSupport
import NIOCore
import Testing

/// What goes on when a client of a WebSocket of GraphQL is no longer interested.
@Suite struct GraphQLSocketLeavingTests {
    private static let sdl = """
        directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
        schema @upstream { query: Query mutation: Mutation }
        type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") }
        type Mutation { create(name: String): Thing @rest(get: "/create/{name}") }
        type Thing { id: ID! name: String owner: Owner @reference(key: "owner_id") }
        type Owner @entity(get: "/owners/{id}") { id: ID! name: String }
        """

    /// Lends a connection to a test, whose upstream holds its responses back.
    private func run(
        maximumOutstanding: Int = 64,
        _ body: (WebSocketClient, HeldTransport, HTTPServer) async throws -> Void
    ) async throws {
        let upstream = HeldTransport { path in
            (200, #"{"id":"\#(path.split(separator: "/").last ?? "")","name":"A","owner_id":"o"}"#)
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
            let client = try await WebSocketClient.graphQL(to: server.address, "Authorization: Bearer k\r\n")
            try await body(client, upstream, server)
            upstream.open()
            try await server.shutDown(delays: false)
        } catch {
            upstream.open()
            try await server.shutDown(delays: false)
            throw error
        }
    }

    private static let writes =
        #"a: create(name: "a") { id ... @defer { owner { name } } } b: create(name: "b") { id }"#

    @Test(arguments: [
        #"a: create(name: "a") { id } b: create(name: "b") { id }"#, writes,
    ])
    func completeDoesNotCancelAMutation(fields: String) async throws {
        try await run { client, upstream, _ in
            client.subscribe("w", "mutation { \(fields) }")
            await upstream.requests(reach: 1)
            client.send(#"{"id":"w","type":"complete"}"#)
            await client.ping()
            upstream.open()
            await upstream.requests(reach: 2)
            #expect(upstream.paths.prefix(2) == ["/create/a", "/create/b"])
            // Nothing more is said of it.
            await client.ping()
        }
    }

    @Test func disconnectingDoesNotCancelAMutationInParts() async throws {
        try await run { _, upstream, server in
            do {
                let connection = try RawConnection(to: server.address)
                connection.send(
                    HeldGateway.request("mutation { \(Self.writes) }", accept: "text/event-stream", isLast: true)
                )
                await upstream.requests(reach: 1)
            }
            while server.connectionCount > 1 { await Task.yield() }
            upstream.open()
            await upstream.requests(reach: 2)
            #expect(upstream.paths.prefix(2) == ["/create/a", "/create/b"])
        }
    }

    @Test(arguments: [
        ("mutation { create(name: \"a\") { id } }", #"{"data":{"create":{"id":"a"}}}"#),
        ("{ thing(id: \"a\") { id } }", #"{"data":{"thing":{"id":"a"}}}"#),
    ])
    func operationInProgressCompletesBeforeTheGatewayStops(query: String, result: String) async throws {
        try await run { client, upstream, server in
            client.subscribe("q", query)
            await upstream.requests(reach: 1)
            let idle = try await WebSocketClient.graphQL(to: server.address)
            async let stopped: Void = server.shutDown(delays: false)
            #expect(await idle.next()?.closeCode == 1001)
            idle.raw.send(WebSocketClient.close(1001))
            // The connection is served until then, and begins nothing.
            await client.ping()
            client.subscribe("late", "{ __typename }")
            await client.ping()
            upstream.open()
            #expect(await client.next() == .text(#"{"id":"q","type":"next","payload":\#(result)}"#))
            #expect(await client.next() == .text(#"{"id":"q","type":"complete"}"#))
            #expect(await client.next()?.closeCode == 1001)
            client.raw.send(WebSocketClient.close(1001))
            try await stopped
        }
    }

    @Test func operationsThatAreCancelledCountUntilTheyEnd() async throws {
        try await run(maximumOutstanding: 2) { client, upstream, _ in
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
