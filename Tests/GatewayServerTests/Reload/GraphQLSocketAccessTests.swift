import Gateway
import GatewayServer
import GatewayTestSupport
import GraphQL
import JSON
import NIOCore
import Synchronization
import Testing
import Upstream

/// Operations on WebSockets of GraphQL that are open for longer than a configuration, or a token.
@Suite struct GraphQLSocketAccessTests {
    /// Writes down by which ids operations were requested.
    private final class Recorder: GatewayObserver {
        private let state = Mutex<[(id: String?, isMessage: Bool, client: String?)]>([])

        var records: [(id: String?, isMessage: Bool, client: String?)] { state.withLock { $0 } }

        func requestCompleted(_ record: RequestRecord) {
            state.withLock { $0.append((record.id?.text, record.isMessage, record.client)) }
        }
    }

    /// Gateways of one schema, whose clients and documents differ.
    private struct Setup {
        let recorder = Recorder()
        private let schema: LoadedSchema

        init() throws { schema = try LoadedSchema(testSchema) }

        func build(
            _ directory: ClientDirectory?,
            allowsIntrospection: Bool = true,
            replacing previous: BuiltGateway? = nil
        ) -> BuiltGateway {
            let workspace = WorkspaceConfiguration(slug: "main", baseURL: "http://upstream")
            let transport = HeldTransport { _ in (404, "{}") }
            var service = ServiceConfiguration(schema: schema, workspaces: [workspace], transport: transport)
            service.directory = directory
            service.documents.allowsIntrospection = allowsIntrospection
            service.observer = recorder
            var configuration = GatewayConfiguration(service: service)
            configuration.server.listeners = [.onFreePort]
            configuration.server.threads = 1
            configuration.server.messages.initializationTimeout = .seconds(120)
            return buildGateway(configuration, replacing: previous)
        }

        func run(_ first: BuiltGateway, _ body: (WebSocketClient) async throws -> Void) async throws {
            try await first.serve { server in
                try await body(try await .graphQL(to: server.address, "Authorization: Bearer k\r\n"))
            }
        }
    }

    private func clients() -> ClientDirectory {
        ClientDirectory([(hash: ReplacementTests.hash, client: GatewayClient(name: "a"))])
    }

    /// Sends an operation that is executed.
    private func ask(_ client: WebSocketClient, _ query: String = "{ __typename }") async throws {
        client.send(#"{"id":"q","type":"subscribe","payload":{"query":"\#(query)"}}"#)
        let next = try JSONValue(parsing: await client.next()?.payload ?? [])
        #expect(next["type"] == "next", "\(next)")
        #expect(await client.next() == .text(#"{"id":"q","type":"complete"}"#))
    }

    private let operation = #"{"id":"q","type":"subscribe","payload":{"query":"{ __typename }"}}"#

    @Test func aClientThatIsNotListedAnyMoreLosesItsRights() async throws {
        let setup = try Setup()
        let first = setup.build(clients())
        try await setup.run(first) { client in
            try await ask(client)
            first.running.serve(setup.build(clients(), replacing: first))
            try await ask(client)
            first.running.serve(setup.build(ClientDirectory([]), replacing: first))
            client.send(operation)
            #expect(await client.next()?.closeCode == 4403)
        }
    }

    @Test func tokenIsNotUsedAsAKeyAfterClientsAreRemoved() async throws {
        let setup = try Setup()
        let first = setup.build(clients())
        try await setup.run(first) { client in
            first.running.serve(setup.build(nil, replacing: first))
            client.send(operation)
            #expect(await client.next()?.closeCode == 4403)
        }
    }

    @Test func aTokenThatHasExpiredIsRefused() async throws {
        let (setup, token) = (try Setup(), ReplacementTests.TemporaryToken())
        try await setup.run(setup.build(ClientDirectory([], issuer: token))) { client in
            try await ask(client)
            token.isValid.store(false, ordering: .relaxed)
            client.send(operation)
            #expect(await client.next()?.closeCode == 4403)
        }
    }

    @Test func operationsUseTheConfigurationInEffect() async throws {
        let setup = try Setup()
        let (first, query) = (setup.build(nil), "{ __schema { queryType { name } } }")
        try await setup.run(first) { client in
            try await ask(client, query)
            first.running.serve(setup.build(nil, allowsIntrospection: false, replacing: first))
            client.send(#"{"id":"q","type":"subscribe","payload":{"query":"\#(query)"}}"#)
            let refused = try JSONValue(parsing: await client.next()?.payload ?? [])
            #expect(refused["payload"]?[0]?["extensions"]?["code"] == "INTROSPECTION_DISABLED", "\(refused)")
        }
    }

    @Test func operationsHaveTheConfiguredNameOfTheirClient() async throws {
        let setup = try Setup()
        try await setup.run(setup.build(clients())) { client in try await ask(client) }
        let names = setup.recorder.records.map { $0.client }
        #expect(names == ["a"])
    }

    @Test func eachOperationIsARequestOfItsOwn() async throws {
        let setup = try Setup()
        try await setup.run(setup.build(nil)) { client in
            try await ask(client)
            try await ask(client)
        }
        let records = setup.recorder.records
        let ids = Set(records.compactMap { $0.id })
        #expect(records.count == 2 && ids.count == 2)
        let areMessages = records.allSatisfy { $0.isMessage }
        #expect(areMessages)
    }
}
