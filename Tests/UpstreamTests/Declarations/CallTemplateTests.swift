import GraphQL
import JSON
import Testing

@testable import Upstream

@Suite struct CallTemplateTests {
    /// The template of `Parent.a` with these arguments, over this parent.
    private func expand(
        _ template: String,
        _ definitions: String,
        _ arguments: JSONObject,
        parent: JSONValue = ["id": "p1"]
    ) throws -> String? {
        let bound = try BoundSchema(
            """
            type Query { parent: Parent @rest(get: "/parent") }
            type Parent { a\(definitions): String @rest(get: "\(template)") }
            enum Order { UP DOWN @json(name: "descending") }
            input Range { from: Int }
            """
        )
        try #require(bound.errors == [])
        let call = try #require(bound.binding("Parent", "a") as? ObjectBinding).template
        guard case .object(let object) = parent else { return nil }
        return call.expand(arguments: arguments, parent: SourceDocument(JSONDocument(.object(object))), node: 0)
    }

    @Test(
        arguments: [
            ("/a/{id}", "(id: ID!)", ["id": "x/y"], "/a/x%2Fy"),
            ("/a{?assignee_id}", "(assigneeId: ID)", ["assigneeId": "u1"], "/a?assignee_id=u1"),
            ("/a{?who}", #"(assigneeId: ID @json(name: "who"))"#, ["assigneeId": "u1"], "/a?who=u1"),
            ("/a{?order}", "(order: Order)", ["order": "UP"], "/a?order=up"),
            ("/a{?order}", "(order: Order)", ["order": "DOWN"], "/a?order=descending"),
            ("/a{?overdue}", "(overdue: Boolean)", ["overdue": true], "/a?overdue=true"),
            ("/a{?overdue}", "(overdue: Boolean)", ["overdue": false], "/a?overdue=false"),
            ("/a{?n}", "(n: Float)", ["n": 1.5], "/a?n=1.5"),
            ("/a{?tags}", "(tags: [String!])", ["tags": ["b", "c d"]], "/a?tags=b,c%20d"),
            ("/a{?tags}", "(tags: [String!])", ["tags": ["b,c"]], "/a?tags=b%2Cc"),
            ("/a{?tags}", "(tags: [[String!]])", ["tags": [["b"], ["c"]]], "/a?tags=b,c"),
            ("/a{?orders}", "(orders: [Order!])", ["orders": ["UP", "DOWN"]], "/a?orders=up,descending"),
            ("/a/{orders}", "(orders: [Order!]!)", ["orders": ["DOWN"]], "/a/descending"),
            ("/a{?tags}", "(tags: [String!])", ["tags": []], "/a"),
            ("/a{?tags}", "(tags: [String])", ["tags": [.null]], "/a"),
            ("/a{?tags}", "(tags: [String!])", ["tags": [""]], "/a?tags="),
            ("/a{?x,y}", "(x: Int, y: Int)", ["x": .null, "y": 2], "/a?y=2"),
            ("/a{?x,y}", "(x: Int, y: Int)", [:], "/a"),
        ] as [(String, String, JSONObject, String)]
    )
    func argumentsFillTheTemplateWithUpstreamValues(
        template: String,
        definitions: String,
        arguments: JSONObject,
        expected: String
    ) throws {
        #expect(try expand(template, definitions, arguments) == expected)
    }

    @Test(
        arguments: [
            (["id": "p 1"], "/a/p%201"),
            (["id": 17], "/a/17"),
            (["id": true], "/a/true"),
        ] as [(JSONValue, String)]
    )
    func parentMembersFillTheTemplate(parent: JSONValue, expected: String) throws {
        #expect(try expand("/a/{parent.id}", "", [:], parent: parent) == expected)
    }

    @Test(
        arguments: [
            [:], ["id": .null], ["id": ["nested"]], ["id": ["x": 1]],
        ] as [JSONValue]
    )
    func aParentWithoutTheMemberHasNoCall(parent: JSONValue) throws {
        #expect(try expand("/a/{parent.id}", "", [:], parent: parent) == nil)
    }

    @Test(arguments: ["", ".", ".."])
    func aValueThatLeadsToAnotherPathHasNoCall(value: String) throws {
        #expect(try expand("/a/{id}", "(id: ID!)", ["id": .string(value)]) == nil)
        #expect(try expand("/a/{id}/b{?x}", "(id: ID!, x: Int)", ["id": .string(value), "x": 1]) == nil)
        #expect(try expand("/a/{parent.id}", "", [:], parent: ["id": .string(value)]) == nil)
        #expect(try expand("/a{?id}", "(id: ID!)", ["id": .string(value)]) == "/a?id=\(value)")
        #expect(try expand("/a/x{id}", "(id: ID!)", ["id": .string(value)]) == "/a/x\(value)")
    }

    @Test func aSlashAtTheEndOfATemplateStays() throws {
        #expect(try expand("/a/{id}/", "(id: ID!)", ["id": "../b"]) == "/a/..%2Fb/")
    }

    /// A path may end with a slash before its query, and an expression may bring the first slash.
    @Test(
        arguments: [
            ("/a/{?x}", "v", "/a/?x=v"), ("/a/{&x}", "v", "/a/?x=v"), ("/{?x}", "v", "/?x=v"), ("/a/{?x}", nil, "/a/"),
            ("{?x}", "v", "?x=v"), ("{/x}", "v", "/v"), ("{/x}", "", nil), ("{/x}", "..", nil), ("/{x}/{?y}", "", nil),
            ("/{x}/{?y}", nil, nil), ("/{x}/{?y}", "v", "/v/"),
        ] as [(String, String?, String?)]
    )
    func emptySegmentsOfTheTemplateAreAllowed(template: String, value: String?, path: String?) throws {
        let arguments: JSONObject = value.map { ["x": .string($0)] } ?? [:]
        #expect(try expand(template, "(x: String, y: Int)", arguments) == path)
    }

    @Test(arguments: [("/a", true), ("/a{?x}", true), ("/a/{parent.id}{?x}", false)])
    func aTemplateKnowsWhetherItDependsOnTheParent(template: String, isIndependent: Bool) throws {
        let bound = try BoundSchema(
            #"type Query { parent: Parent @rest(get: "/parent") } type Parent { a(x: Int): String @rest(get: "\#(template)") }"#
        )
        let call = try #require(bound.binding("Parent", "a") as? ObjectBinding).template
        #expect(call.isIndependentOfParent == isIndependent)
    }

    /// Some servers decode a path before they look at its segments.
    @Test(arguments: [
        ("/a/{+path}", "..", false), ("/a/{+path}", "b/../c", false), ("/a/{+path}", "%2e%2E/c", false),
        ("/a/{+path}", "..%2fadmin", false), ("/a/{+path}", "b%5C..%5cadmin", false), ("/a/{+path}", "b/.%2E", false),
        ("/a/{+path}", "b#c", false), ("/a/{+path}", "b//c", false), ("/a/{+path}", "b/c.d/...", true),
        ("/a/{+path}", "b%2Fc", true), ("/a/{+path}", "b%20c", true), ("/a/{+path}", "b?c=..", true),
        ("/a/{path}", "..", false), ("/a/{path}", "../c", true), ("/a/{path}", "/c", true), ("/a/{path}", "b/c", true),
        ("/a/{path}", "%2e%2e", true), ("/a/{path}", "#", true), ("/a/{path}", "", false),
    ])
    func noValueLeadsToAnotherPath(template: String, value: String, isAllowed: Bool) throws {
        let path = try expand(template, "(path: String)", ["path": .string(value)])
        #expect((path != nil) == isAllowed)
    }
}
