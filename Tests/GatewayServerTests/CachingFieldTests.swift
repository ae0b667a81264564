import GatewayServer
import GatewayTestSupport
import GraphQL
import Sandbox
import Testing
import Upstream

/// What responses say to caches: whom they are for, and for how long.
@Suite struct CachingFieldTests {
    private static let vary = "Authorization, Workspace-Key, Gateway-Report, Accept, Accept-Encoding"
    private static let thing = #"{"query":"{ thing(id: 1) { id } }"}"#

    private static let schema = Source(
        """
        type Query {
          thing(id: ID!): Thing @rest(get: "/things/{id}") @cacheControl(maxAge: 60)
        }
        type Mutation { createThing(name: String): Thing @rest(get: "/create/{name}") }
        type Thing { id: ID! name: String }
        """,
        name: "cached.graphql"
    )
    private static let write = #"{"query":"mutation { createThing(name: \"a\") { id } }"}"#
    private static let hash = #"{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"0"}}}"#
    private static let call = #"{"jsonrpc":"2.0","id":1,"method":"thing","params":{"id":"1"}}"#

    /// Requests, and the value of `Cache-Control` without and with leave to reuse responses.
    static let cases: [(name: String, method: String, path: String, body: String?, plain: String, lasting: String)] = [
        ("a query", "POST", "/graphql", thing, "no-cache", "private, max-age=1"),
        ("a GET", "GET", "/graphql?query=%7Bthing(id:1)%7Bid%7D%7D", nil, "no-cache", "private, max-age=1"),
        ("a mutation", "POST", "/graphql", write, "no-store", "no-store"),
        ("a field's error", "POST", "/graphql", #"{"query":"{ thing(id: 2) { id } }"}"#, "no-store", "no-store"),
        ("a syntax error", "POST", "/graphql", #"{"query":"{"}"#, "no-store", "no-store"),
        ("no JSON", "POST", "/graphql", "{", "no-store", "no-store"),
        ("an unknown hash", "POST", "/graphql", hash, "no-store", "no-store"),
        ("JSON-RPC", "POST", "/rpc", call, "no-store", "no-store"),
        ("another method", "PUT", "/graphql", "{}", "no-store", "no-store"),
        ("an unknown path", "GET", "/unknown", nil, "no-store", "no-store"),
        ("health", "GET", "/health/live", nil, "no-store", "no-store"),
        ("the OpenRPC document", "GET", "/openrpc.json", nil, "public, max-age=300", "public, max-age=300"),
    ]

    @Test(arguments: [0, 1])
    func cacheFieldsFollowTheResponse(clientMaximumAge: Int) async throws {
        let upstream = try await ScriptedServer.start { request in
            request.target == "/things/1" || request.target.hasPrefix("/create")
                ? .http(body: #"{"id":"1"}"#) : .http(500, body: "")
        }
        let change: (inout GatewayUnderTest.Options) -> Void = { $0.server.graphQL.clientMaximumAge = clientMaximumAge }
        try await withGateway(change, schema: Self.schema, upstream: upstream.baseURL) { gateway async throws in
            for (name, method, path, body, plain, lasting) in Self.cases {
                let response = try await gateway.send(
                    method,
                    path,
                    headers: [("Accept", "application/json"), ("Content-Type", "application/json")],
                    body: body.map { Array($0.utf8) }
                )
                let expected = clientMaximumAge == 0 ? plain : lasting
                #expect(response.headers.all("cache-control") == [expected], "\(name): \(response.text)")
                guard ["/graphql", "/rpc"].contains(where: { path.hasPrefix($0) }), method != "PUT" else { continue }
                #expect(response.headers.all("vary") == [Self.vary], "\(name)")
            }
        }
        try await upstream.shutdown()
    }
}
