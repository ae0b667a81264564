import GraphQL
import JSON
import Testing
import Upstream

/// A root field without a binding is refused when the schema is loaded: it would be null as if it had succeeded.
@Suite struct UnboundRootTests {
    private static let bound = #"b: B @rest(get: "/b")"#

    @Test(arguments: [
        ("type Query { \(bound) a: B } type B { id: ID }", ["Query.a"]),
        ("type Query { \(bound) a: String c: [B!]! } type B { id: ID }", ["Query.a", "Query.c"]),
        (#"type Query { \#(bound) a: String @json(name: "x") } type B { id: ID }"#, ["Query.a"]),
        (#"type Query { \#(bound) a(k: String!): String @member(namedBy: "k") } type B { id: ID }"#, ["Query.a"]),
        ("type Query { \(bound) a: J @self } type B { id: ID } scalar J", ["Query.a"]),
        ("type Query { \(bound) a: [E] @entries } type E { key: String value: String } type B { id: ID }", ["Query.a"]),
        (
            "type Query { \(bound) } type Mutation { touch: B done(id: ID!): Boolean } type B { id: ID }",
            ["Mutation.touch", "Mutation.done"]
        ),
        ("type Query { \(bound) a: G } type G { \(bound) name: String } type B { id: ID }", ["Query.a"]),
        ("type Query { \(bound) a: G @self } type G { \(bound) name: String } type B { id: ID }", ["G.name"]),
        ("type Query { \(bound) a: G } type G { a: G } type B { id: ID }", ["Query.a"]),
    ])
    func aRootFieldWithoutABindingIsRefused(sdl: String, fields: [String]) throws {
        let messages = try BoundSchema(sdl).errors.map(\.message)
        #expect(messages.count == fields.count)
        for (message, field) in zip(messages, fields) { #expect(message.contains("\"\(field)\"")) }
    }

    @Test(arguments: [
        "type Query { a: G! } type G { \(bound) inner: H } type H { \(bound) } type B { id: ID }",
        "type Query { a: G @self } type G { \(bound) } type B { id: ID }",
        #"type Query { a: [W] @workspace(view: "ALL") } type W { slug: String }"#,
        "type Query { \(bound) } type Subscription { a: String } type B { id: ID }",
    ])
    func rootsThatGroupOrShowBoundFieldsAreAccepted(sdl: String) throws {
        #expect(try BoundSchema(sdl).errors == [])
    }

    @Test func groupedFieldsAreRead() async throws {
        let harness = try UpstreamHarness(
            #"type Query { a: G! c: G @self } type G { b(id: ID!): B @rest(get: "/b/{id}") } type B { id: ID }"#,
            transport: ScriptedTransport { path in .json(#"{"id":"\#(path.dropFirst(3))"}"#) }
        )
        let json = try await harness.run(#"{ a { b(id: "1") { id } } c { b(id: "2") { id } } }"#)
        #expect(json == ["data": ["a": ["b": ["id": "1"]], "c": ["b": ["id": "2"]]]])
    }
}
