import GraphQL
import JSON
import Testing

@testable import Upstream

/// Arguments that name objects or values of members have the upstream's text.
@Suite struct UpstreamArgumentTests {
    private static let sdl = """
        enum Name { DARK_MODE LANG @json(name: "lang-x") }
        type Query {
          setting(name: Name!): Setting @rest(get: "/settings/{name}")
          byText(name: String!): Setting @rest(get: "/settings/{name}")
        }
        type Mutation {
          set(name: Name!): Setting @rest(patch: "/settings/{name}")
          remove(name: Name!): Removed @rest(delete: "/settings/{name}")
        }
        type Removed { name: Name @written(view: "KEY") }
        type Setting @entity(get: "/settings/{name}", list: "/settings", key: "name") { name: Name! v: Int }
        type Subscription {
          changed(names: [Name!], level: Name, v: Float): Change @changes(of: "Setting", keys: "names")
        }
        type Change { kind: String setting: Setting @reference(key: "id") }
        """

    private static func upstream() -> ScriptedTransport {
        ScriptedTransport { path in
            .json(#"{"name":"\#(path.dropFirst("/settings/".count))","v":1}"#)
        }
    }

    @Test func enumValuesAreKeysInTheUpstreamsSpelling() async throws {
        let transport = Self.upstream()
        let harness = try UpstreamHarness(Self.sdl, transport: transport)
        let json = try await harness.run(
            #"{ a: setting(name: DARK_MODE) { name v } b: setting(name: LANG) { name } c: byText(name: "lang-x") { v } }"#
        )
        #expect(json["data"] == ["a": ["name": "DARK_MODE", "v": 1], "b": ["name": "LANG"], "c": ["v": 1]])
        #expect(transport.paths.sorted() == ["/settings/dark_mode", "/settings/lang-x"])
    }

    @Test func writesNameTheirObjectInTheUpstreamsSpelling() async throws {
        let harness = try UpstreamHarness(Self.sdl, transport: Self.upstream())
        let json = try await harness.run("mutation { set(name: LANG) { name v } remove(name: LANG) { name } }")
        #expect(json["data"] == ["set": ["name": "LANG", "v": 1], "remove": ["name": "LANG"]])
        #expect(json["errors"] == nil)
    }

    @Test func subscriptionsCompareTheUpstreamsTexts() throws {
        let changes = try #require(BoundSchema(Self.sdl).binding("Subscription", "changed") as? ChangesBinding)
        #expect(changes.keysArgument?.texts(in: ["names": ["LANG", "DARK_MODE"]]) == ["lang-x", "dark_mode"])
        #expect(changes.keysArgument?.texts(in: ["names": .null]) == nil)
        #expect(changes.filters.map { $0.argument.text(in: ["level": "LANG"]) } == ["lang-x", nil])
    }

    @Test(arguments: [
        ("7", "7"), ("7.0", "7"), ("7e0", "7"), ("0.7e1", "7"), ("7.5", "7.5"), ("\"7.0\"", "7.0"),
        ("true", "true"),
    ])
    func aNumberHasTheTextOfTheUpstreamsResponses(argument: String, text: String) throws {
        let changes = try #require(BoundSchema(Self.sdl).binding("Subscription", "changed") as? ChangesBinding)
        let value = try JSONValue(parsing: argument.utf8)
        #expect(changes.filters[1].argument.text(in: ["v": value]) == text)
        let document = try JSONDocument(parsing: Array("[\(argument)]".utf8))
        let node = try #require(Array(document.elements(of: 0)).first)
        #expect(document.scalarText(of: node) == text)
    }

    @Test(arguments: [
        (#"changed(id: ID!): Change @changes(of: "Setting", keys: "id")"#, "\"[ID!]\", not \"ID!\""),
        (#"changed(ids: ID): Change @changes(of: "Setting")"#, "\"[ID!]\", not \"ID\""),
        (#"changed: Change @changes(of: "Setting", keys: "ids")"#, "which it has not"),
        (#"changed(vs: [Int]): Change @changes(of: "Setting")"#, "`vs`"),
        (#"changed(v: In): Change @changes(of: "Setting")"#, "`v`"),
    ])
    func argumentsThatSelectNothingAreErrors(field: String, text: String) throws {
        let bound = try BoundSchema(
            """
            type Query { setting(name: ID!): Setting @rest(get: "/settings/{name}") }
            type Setting @entity(get: "/settings/{name}", key: "name") { name: ID! }
            input In { a: Int }
            type Subscription { \(field) }
            type Change { kind: String }
            """
        )
        #expect(bound.errors.count == 1)
        #expect(bound.errors.first?.message.contains(text) == true, "\(bound.errors.map(\.message))")
    }

    @Test func fieldsOfAPayloadWithoutASourceAreErrors() throws {
        let bound = try BoundSchema(
            """
            type Query { book(id: ID!): Book @rest(get: "/books/{id}") }
            type Mutation { add: Added @rest(post: "/books") }
            type Added { book: Book @written warning: String count: Int! @json(name: "n") other: Book @rest(get: "/books/1") }
            type Book @entity(get: "/books/{id}", list: "/books") { id: ID! }
            """
        )
        #expect(bound.errors.count == 2)
        for (error, field) in zip(bound.errors, ["Added.warning", "Added.count"]) {
            #expect(error.message.hasPrefix("The field \"\(field)\" has no @written"))
        }
    }
}
