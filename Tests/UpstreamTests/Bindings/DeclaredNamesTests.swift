import GraphQL
import JSON
import Testing

@testable import Upstream

/// What the gateway itself shows has the names that the schema declares.
@Suite struct DeclaredNamesTests {
    private static let sdl = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page") { query: Query }
        type Query {
          rows(first: Int): Rows @rest(list: "/rows")
          workspace: Space @workspace(view: "BY_SLUG")
          node(nodeId: ID!): Thing @globalID
        }
        type Rows { nodes: [Row!]! @json(name: "n") edges: [Edge!]! @json(name: "e")
          pageInfo: Info! @json(name: "p") totalCount: Int @json(name: "count") }
        type Edge { node: Row! @json(name: "row") cursor: String! @json(name: "c") }
        type Info { hasNextPage: Boolean! @json(name: "more") endCursor: String @json(name: "end") }
        type Space { slug: String! @json(name: "s") name: String quota: Quota! @quota }
        type Quota { limit: Int @json(name: "l") remaining: Int resetsAt: Int @json(name: "r") }
        interface Thing @discriminator(member: "kind") { nodeId: ID! }
        type Row implements Thing @entity(get: "/rows/{id}") @json(name: "row") {
          nodeId: ID! @globalID id: ID! extras: Extras
        }
        type Extras { all: [Extra!]! @entries }
        type Extra { key: String! @json(name: "k") value: Any @json(name: "v") }
        scalar Any
        """

    private func run(_ query: String) async throws -> JSONValue {
        let harness = try UpstreamHarness(
            Self.sdl,
            transport: ScriptedTransport { path in
                path.hasPrefix("/rows?")
                    ? .json(#"{"data":[{"id":"1","extras":{"a":2}}],"count":1}"#) : .json(#"{"id":"1"}"#)
            }
        )
        return try await harness.run(query)
    }

    @Test func aConnectionHasTheNamesOfItsType() async throws {
        let json = try await run(
            """
            { rows(first: 5) { nodes { id extras { all { key value } } } edges { node { id } cursor } totalCount \
            pageInfo { hasNextPage } } }
            """
        )
        let rows = try #require(json["data"]?["rows"])
        #expect(rows["nodes"] == [["id": "1", "extras": ["all": [["key": "a", "value": 2]]]]])
        #expect(rows["edges"]?[0]?["node"] == ["id": "1"])
        #expect(rows["edges"]?[0]?["cursor"]?.stringValue != nil)
        #expect(rows["totalCount"] == 1)
        #expect(rows["pageInfo"] == ["hasNextPage": false])
    }

    @Test func workspacesAndQuotasHaveTheNamesOfTheirTypes() async throws {
        let json = try await run("{ workspace { slug name quota { limit remaining resetsAt } } }")
        let quota: JSONValue = ["limit": .null, "remaining": .null, "resetsAt": .null]
        #expect(json == ["data": ["workspace": ["slug": "main", "name": "main", "quota": quota]]])
    }

    @Test func aNodeHasTheTypeThatTheDiscriminatorNames() async throws {
        let name = GlobalID(workspace: "main", type: "Row", key: "1").text
        let json = try await run("{ node(nodeId: \"\(name)\") { __typename ... on Row { id } } }")
        #expect(json == ["data": ["node": ["__typename": "Row", "id": "1"]]])
    }

    @Test func pagesAreChosenByTheArgumentsThatTheSchemaNames() async throws {
        let harness = try UpstreamHarness(
            """
            schema @upstream(items: "data", total: "count", page: "p", perPage: "size", pageArgument: "number",
              perPageArgument: "limit") { query: Query }
            type Query { rows(number: Int, limit: Int, first: Int, page: Int): [Row!] @rest(list: "/rows{?page}") }
            type Row { id: ID }
            """,
            transport: ScriptedTransport { path in
                .json(path == "/rows?p=1&size=100" ? #"{"data":[{"id":"1"},{"id":"2"},{"id":"3"}],"count":3}"# : "{}")
            }
        )
        let rows = try await harness.run("{ rows(number: 2, limit: 2) { id } }")
        #expect(rows == ["data": ["rows": [["id": "3"]]]])
        let errors = try await harness.run("{ rows(limit: 2, first: 2) { id } }")["errors"]
        let message = "Page in one way: with `number` and `limit`, or with `first`, `after`, `last` and `before`."
        #expect(errors?[0]?["message"]?.stringValue == message)
    }

    @Test func theBodyOfAWriteIsTheArgumentThatTheDirectiveNames() throws {
        func body(_ arguments: String, _ rest: String) throws -> String? {
            let bound = try BoundSchema(
                "type Query { a: A @rest(get: \"/a\") } type A { id: ID } "
                    + "type Mutation { write(\(arguments)): A @rest(post: \"/a\"\(rest)) } input I { x: Int }"
            )
            #expect(bound.errors == [])
            return (bound.binding("Mutation", "write") as? WriteBinding)?.body?.argument
        }
        #expect(try body("input: I other: I", "") == "input")
        #expect(try body("input: I other: I", ", body: \"other\"") == "other")
        #expect(try body("other: I", "") == nil)
    }

    @Test(arguments: [
        ("type Rows { nodes: [Row!]! pageInfo: Info! size: Int }", "Rows.size"),
        ("type Rows { nodes: [Row!]! pageInfo: Info! size: Int @json(name: \"count\") }", "Rows.size"),
        ("type Rows { edges: [Edge!]! pageInfo: Info! } type Edge { node: Row weight: Int }", "Edge.weight"),
    ])
    func aFieldThatNoConnectionHasIsRefused(types: String, field: String) throws {
        let bound = try BoundSchema(
            #"type Query { rows: Rows @rest(list: "/rows") } type Row { id: ID } type Info { hasNextPage: Boolean } \#(types)"#
        )
        #expect(
            bound.errors.map(\.message) == [
                "The field \"\(field)\" is none of a connection's, and would always be null."
            ]
        )
    }
}
