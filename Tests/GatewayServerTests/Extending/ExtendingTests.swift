import Gateway
import GatewayTestSupport
import GraphQL
import JSON
import NIOHTTP1
import Sandbox
import Testing
import Upstream

@testable import GatewayServer

/// The examples of docs/extending.md do what the document says.
@Suite struct ExtendingTests {
    private static let schema = Source("type Query { now: String sum(a: Int!, b: Int!): Int }")

    @Test func aValidationRuleJoinsTheOthers() throws {
        let document = try Document(parsing: Source("{ now }"))
        let schema = try Schema(sdl: Self.schema)
        let errors = validate(document, schema: schema, rules: RuleSet([NamedOperations.self]))
        #expect(errors.map(\.message) == ["An operation needs a name."])
        let named = try Document(parsing: Source("query Now { now }"))
        #expect(validate(named, schema: schema, rules: RuleSet([NamedOperations.self])) == [])
    }

    @Test func aResolverGivesBoundFieldsTheirValues() async throws {
        let fields = ComputedFields(functions: [
            ("now", { _ in "12:00" }),
            ("sum", { .integer(($0["a"]?.intValue ?? 0) + ($0["b"]?.intValue ?? 0)) }),
        ])
        let schema = ExecutableSchema(schema: try Schema(sdl: Self.schema), binding: fields)
        let document = try Document(parsing: Source("{ now sum(a: 1, b: 2) }"))
        let stored = try #require(document.definitions.first)
        guard case .operation(let operation) = stored else { return }
        let plan = try Planner.plan(
            operation,
            fragments: [:],
            conditions: Conditions([], from: VariableValues()),
            source: document.source,
            executable: schema
        )
        let root = SourceDocument(try JSONDocument(parsing: Array("{}".utf8)))
        var execution = Execution(plan: plan, variables: VariableValues(), root: root)
        await execution.run(with: fields)
        var output = OutputBuffer()
        execution.write(into: &output)
        #expect(String(decoding: output.array(), as: UTF8.self) == #"{"data":{"now":"12:00","sum":3}}"#)
    }

    @Test func aTransportWrapsAnother() async throws {
        let upstream = try await ScriptedServer.start(responses: ["/a": .http(body: "1")])
        let curl = try CurlTransport()
        let transport = CountingTransport(curl)
        let request = TransportRequest(url: "http://127.0.0.1:\(upstream.port)/a", timeout: .seconds(60))
        let results = await transport.send([request, request])
        #expect(try results.map { try $0.get().status } == [200, 200])
        #expect(transport.count(of: "GET") == 2)
        await curl.shutDown()
        try await upstream.shutdown()
    }

    @Test func aToolboxIsListedAndCalled() async throws {
        var options = GatewayUnderTest.Options()
        options.tools = MCPService(
            toolbox: ClockToolbox { "12:00" },
            title: "Clock",
            version: "1",
            instructions: "Ask for the time."
        )
        try await GatewayUnderTest.run(schema: testSchema, upstream: "http://127.0.0.1:1", options: options) {
            gateway in
            let response = try await MCPTests.post(gateway, call("tools/call", #"{"name":"now","arguments":{}}"#))
            #expect(try response.json()["result"]?["content"] == [["type": "text", "text": "\"12:00\""]])
        }
    }

    @Test func gatewaysShareAStore() async throws {
        let schema = Source(
            """
            schema @upstream @cacheControl(maxAge: 60) { query: Query mutation: Mutation }
            type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") }
            type Mutation { renameThing(id: ID!, name: String): Thing @rest(patch: "/things/{id}") }
            type Thing @entity(get: "/things/{id}") { id: ID! name: String }
            """
        )
        let upstream = try await ScriptedServer.start { request in
            .http(body: request.method == "GET" ? #"{"id":"1","name":"old"}"# : #"{"id":"1","name":"new"}"#)
        }
        let table = SharedTable()
        var options = GatewayUnderTest.Options()
        options.store = { SharedStore(table, workspaces: $0) }
        let query = #"{ thing(id: "1") { name } }"#
        try await GatewayUnderTest.run(schema: schema, upstream: upstream.baseURL, options: options) { one in
            try await GatewayUnderTest.run(schema: schema, upstream: upstream.baseURL, options: options) { other in
                for gateway in [one, other] {
                    let response = try await gateway.query(query, key: "k")
                    #expect(response.text == #"{"data":{"thing":{"name":"old"}}}"#)
                }
                #expect(upstream.requests().map(\.method) == ["GET"])
                _ = try await other.query(#"mutation { renameThing(id: "1", name: "new") { id } }"#, key: "k")
                _ = try await one.query(query, key: "k")
                #expect(upstream.requests().map(\.method) == ["GET", "PATCH", "GET"])
            }
        }
        try await upstream.shutdown()
    }

    @Test func anObserverCountsRequests() async throws {
        let counter = RequestCounter()
        var options = GatewayUnderTest.Options()
        options.observer = counter
        try await GatewayUnderTest.run(schema: testSchema, upstream: "http://127.0.0.1:1", options: options) {
            gateway in
            for query in ["{ __typename }", "{ __typename }", "{ absent }"] { _ = try await gateway.query(query) }
        }
        #expect(counter.count(of: "OK") == 2)
        #expect(counter.count(of: "GRAPHQL_VALIDATION_FAILED") == 1)
    }

    @Test func anEndpointHasAPathAndAFilterIsBeforeIt() async throws {
        let response = try await get(Route("/version", VersionEndpoint(version: "1.2.3"), filters: [NoSniff()]))
        #expect(response.status == 200)
        #expect(String(decoding: response.body, as: UTF8.self) == "1.2.3\n")
        #expect(response.headers.first("x-content-type-options") == "nosniff")
    }

    @Test func anEndpointExecutesOperations() async throws {
        let upstream = try await ScriptedServer.start(responses: ["/things/1": .http(body: #"{"id":"1"}"#)])
        try await GatewayUnderTest.run(schema: testSchema, upstream: upstream.baseURL) { gateway in
            let query = #"{ thing(id: "1") { id } }"#
            let response = try await get(
                Route("/first", QueryEndpoint(query: query, service: gateway.service))
            )
            #expect(String(decoding: response.body, as: UTF8.self) == #"{"data":{"thing":{"id":"1"}}}"#)
        }
        try await upstream.shutdown()
    }

    /// Serves a route, and sends one request to it.
    private func get(_ route: Route) async throws -> TransportResponse {
        var options = HTTPServer.Options()
        options.threads = 1
        let server = try await HTTPServer.start(
            routes: [route],
            filters: [],
            listen: ListenAddress(host: "127.0.0.1", port: 0),
            options: options,
            state: ServerState()
        )
        let curl = try CurlTransport()
        let request = TransportRequest(url: "http://\(server.address)\(route.path)", timeout: .seconds(60))
        let results = await curl.send([request])
        await curl.shutDown()
        try await server.shutDown()
        return try results[0].get()
    }
}
