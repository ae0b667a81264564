import GatewayTestSupport
import GraphQL
import JSON
import Upstream

/// A schema with fields that need an upstream; `__typename` and introspection need none.
let testSchema = Source(
    """
    type Query {
      thing(id: ID!): Thing @rest(get: "/things/{id}")
    }
    type Mutation { createThing(name: String): Thing @rest(get: "/create/{name}") }
    type Thing { id: ID! name: String }
    """,
    name: "test.graphql"
)

/// Lends a gateway without a living upstream to a test.
func withGateway(
    _ change: (inout GatewayUnderTest.Options) -> Void = { _ in },
    schema: Source = testSchema,
    upstream: String = "http://127.0.0.1:1",
    _ body: (GatewayUnderTest) async throws -> Void
) async throws {
    var options = GatewayUnderTest.Options()
    change(&options)
    try await GatewayUnderTest.run(schema: schema, upstream: upstream, options: options, body)
}

/// Header fields as a transport takes them.
typealias Headers = [(name: String, value: String)]

extension GatewayUnderTest {
    /// Posts a JSON body.
    func post(_ body: String, accept: String? = nil, headers: Headers = []) async throws -> Response {
        var all = [(name: "Content-Type", value: "application/json")] + headers
        if let accept { all.append((name: "Accept", value: accept)) }
        return try await send("POST", "/graphql", headers: all, body: Array(body.utf8))
    }

    /// Gets with a URL's query.
    func get(_ query: String, headers: Headers = [("Accept", "application/json")]) async throws -> Response {
        try await send("GET", "/graphql?\(query)", headers: headers)
    }
}

extension GatewayUnderTest.Response {
    /// The first error's code.
    var code: String? {
        let body = try? json()
        return (body?["errors"]?[0]?["extensions"]?["code"] ?? body?["error"]?["data"]?["code"])?.stringValue
    }
    /// The media type without its parameters.
    var mediaType: String? { headers.first("content-type")?.split(separator: ";").first.map(String.init) }
}
