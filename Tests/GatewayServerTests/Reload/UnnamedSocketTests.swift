import Gateway
import GatewayServer
import GatewayTestSupport
import GraphQL
import JSON
import NIOCore
import Testing
import Upstream

/// WebSockets where clients are listed, opened as pages do: without a header field that names a client.
@Suite struct UnnamedSocketTests {
    private static let clients = ClientDirectory([(hash: ReplacementTests.hash, client: GatewayClient(name: "a"))])
    private static let graphQL = "Sec-WebSocket-Protocol: graphql-transport-ws\r\n"
    private static let operation = #"{"id":"q","type":"subscribe","payload":{"query":"{ __typename }"}}"#
    private static let origin = "Origin: https://app.example\r\n"

    private func build(_ directory: ClientDirectory?, replacing previous: BuiltGateway? = nil) throws -> BuiltGateway {
        let workspace = WorkspaceConfiguration(
            slug: "main",
            baseURL: "http://upstream",
            credential: Credential(key: "configured")
        )
        let transport = HeldTransport { _ in (404, "{}") }
        transport.open()
        var service = ServiceConfiguration(
            schema: try LoadedSchema(testSchema),
            workspaces: [workspace],
            transport: transport
        )
        service.directory = directory
        var configuration = GatewayConfiguration(service: service)
        configuration.server.listeners = [.onFreePort]
        configuration.server.threads = 1
        configuration.server.messages.initializationTimeout = .seconds(120)
        configuration.server.filters.crossOrigin = CrossOriginPolicy(origins: ["https://app.example"])
        return buildGateway(configuration, replacing: previous)
    }

    private func open(_ server: HTTPServer, _ fields: String, path: String = "/graphql") async throws -> WebSocketClient
    {
        try await WebSocketClient(to: server.address, fields, path: path)
    }

    private static func initialization(_ payload: String) -> String {
        #"{"type":"connection_init","payload":\#(payload)}"#
    }

    /// Payloads of the first message, and whether its connection goes on.
    static let payloads: [(payload: String, isAccepted: Bool)] = [
        (#"{"Authorization":"Bearer k"}"#, true), (#"{"headers":{"authorization":"bearer k"}}"#, true),
        (#"{"Authorization":"Bearer x"}"#, false), (#"{"Authorization":"k"}"#, false), ("{}", false), ("null", false),
        (#"{"Workspace-Key":"main mine"}"#, false),
    ]

    @Test(arguments: payloads) func theFirstMessageNamesTheClient(payload: String, isAccepted: Bool) async throws {
        try await build(Self.clients).serve { server in
            let client = try await open(server, Self.graphQL + Self.origin)
            #expect(client.head.hasPrefix("HTTP/1.1 101 "))
            client.send(Self.initialization(payload))
            guard isAccepted else {
                #expect(await client.next()?.closeCode == 4403)
                return
            }
            #expect(await client.next() == .text(#"{"type":"connection_ack"}"#))
            client.send(Self.operation)
            let next = try JSONValue(parsing: await client.next()?.payload ?? [])
            #expect(next["payload"]?["data"]?["__typename"] == "Query", "\(next)")
        }
    }

    @Test func nothingIsServedBeforeTheFirstMessage() async throws {
        try await build(Self.clients).serve { server in
            let client = try await open(server, Self.graphQL)
            client.send(Self.operation)
            #expect(await client.next()?.closeCode == 4401)
        }
    }

    @Test func aMessageOfJSONRPCNamesTheClient() async throws {
        try await build(Self.clients).serve { server in
            let client = try await open(server, Self.origin, path: "/rpc")
            #expect(client.head.hasPrefix("HTTP/1.1 101 "))
            client.send(call("rpc.discover"))
            let refused = try JSONValue(parsing: await client.next()?.payload ?? [])
            #expect(refused["error"]?["code"] == -32001)
            client.send(call("auth", #"{"key":"x"}"#))
            let unknown = try JSONValue(parsing: await client.next()?.payload ?? [])
            #expect(unknown["error"]?["code"] == -32001)
            client.send(call("auth", #"{"key":"k"}"#), call("rpc.discover"))
            #expect(await client.next() == .text(result("true")))
            let described = try JSONValue(parsing: await client.next()?.payload ?? [])
            #expect(described["result"]?["openrpc"] != nil)
        }
    }

    /// What has a wrong token is refused at once, and what opens no WebSocket needs one.
    @Test(arguments: [
        ("GET", "/graphql", graphQL + "Authorization: Bearer x\r\n", "401"),
        ("GET", "/rpc", "Authorization: Bearer x\r\n", "401"),
        ("GET", "/graphql", graphQL + "Authorization: \r\n", "401"),
        ("GET", "/graphql", graphQL + "Origin: https://evil.example\r\n", "403"),
        ("GET", "/rpc", "Origin: https://evil.example\r\n", "403"), ("POST", "/graphql", graphQL, "401"),
        ("POST", "/rpc", "", "401"), ("GET", "/openrpc.json", "", "401"), ("POST", "/explain", "", "401"),
        ("GET", "/mcp", "", "401"),
    ])
    func missingOrWrongTokenIsRefused(method: String, path: String, fields: String, status: String) async throws {
        try await build(Self.clients).serve { server in
            let raw = try RawConnection(to: server.address)
            let opening = WebSocketClient.opening(fields, path: path).dropFirst("GET".count)
            raw.send(method + opening)
            let response = await raw.read(until: "\r\n\r\n")
            #expect(response.hasPrefix("HTTP/1.1 \(status) "), "\(response)")
        }
    }

    @Test func tokenIsNotUsedAsAKeyAfterClientsAreRemoved() async throws {
        let first = try build(Self.clients)
        try await first.serve { server in
            let graphQL = try await open(server, Self.graphQL)
            graphQL.send(Self.initialization(#"{"Authorization":"Bearer k"}"#))
            #expect(await graphQL.next() == .text(#"{"type":"connection_ack"}"#))
            let rpc = try await open(server, "", path: "/rpc")
            rpc.send(call("auth", #"["k"]"#))
            #expect(await rpc.next() == .text(result("true")))
            first.running.serve(try build(nil, replacing: first))
            graphQL.send(Self.operation)
            #expect(await graphQL.next()?.closeCode == 4403)
            rpc.send(call("rpc.discover"))
            let refused = try JSONValue(parsing: await rpc.next()?.payload ?? [])
            #expect(refused["error"]?["code"] == -32001)
        }
    }

    @Test func anyHostIsAllowedWhereClientsAreListed() async throws {
        try await build(Self.clients).serve { server in
            let raw = try RawConnection(to: server.address)
            raw.send(
                WebSocketClient.opening(Self.graphQL, path: "/graphql").replacing(
                    "Host: localhost",
                    with: "Host: gateway.example"
                )
            )
            let response = await raw.read(until: "\r\n\r\n")
            #expect(response.hasPrefix("HTTP/1.1 101 "), "\(response)")
        }
    }
}
