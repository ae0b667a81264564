import GraphQL
import JSON
import Testing
import Upstream

@testable import Gateway

@Suite struct OperationExplanationTests {
    private static let sdl = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page") { query: Query }
        type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") things: [Thing!] @rest(list: "/things") }
        type Thing @entity(get: "/things/{id}") { id: ID! owner: Owner @rest(get: "/things/{parent.id}/owner") }
        type Owner { name: String }
        """

    private func explanation(_ query: String) throws -> OperationExplanation {
        let schema = try LoadedSchema(Source(Self.sdl))
        let source = Source(query, name: "q.graphql")
        return try #require(try Explainer(schema: schema, workspaceCount: 1).explain(source).first)
    }

    @Test func oneCallIsSingular() throws {
        #expect(
            try explanation("query Q { thing(id: 1) { id } }").text == """
                q.graphql: query Q: 1 call
                  thing  1 call  0 to 1 row  GET /things/{id}
                """
        )
    }

    @Test func linesBeyondTheMostAreCounted() throws {
        let explanation = try explanation("{ a: thing(id: 1) { owner { name } } b: thing(id: 2) { id } }")
        let all = [
            "a: 1 call, 0 to 1 row, GET /things/{id}",
            "a.owner: 0 to 1 call, 0 to 1 row, GET /things/{parent.id}/owner",
            "b: 1 call, 0 to 1 row, GET /things/{id}",
        ]
        #expect(explanation.lines(atMost: 3) == all)
        #expect(explanation.lines(atMost: 2) == Array(all.prefix(2)) + ["and 1 more"])
        #expect(explanation.lines(atMost: 0) == ["and 3 more"])
    }

    @Test func excessIsReportedOnlyAboveTheLimit() throws {
        let explanation = try explanation("query Q { a: thing(id: 1) { owner { name } } }")
        #expect(explanation.excess(over: 2) == nil)
        #expect(
            explanation.excess(over: 1)
                == "q.graphql: query Q can take up to 2 upstream calls, and may take 1. Most cost: a (1), a.owner (1)."
        )
    }

    @Test func jsonStatesLimitExcessAndSteps() throws {
        let explanation = try explanation("{ thing(id: 1) { id } }")
        #expect(explanation.json(limit: nil)["exceeds"] == nil)
        #expect(explanation.json(limit: 0)["exceeds"] == true)
        #expect(explanation.json(limit: 1)["exceeds"] == false)
        let expected: JSONObject = [
            "operation": "query", "estimated": ["min": 1, "max": 1], "priced": ["min": 1, "max": 1], "limit": 1,
            "exceeds": false,
            "steps": [
                [
                    "path": "thing", "from": "GET /things/{id}", "rows": ["min": 0, "max": 1], "assumed": false,
                    "calls": ["min": 1, "max": 1], "sharesCalls": false, "location": ["line": 1, "column": 3],
                    "steps": [],
                ]
            ],
        ]
        #expect(explanation.members(limit: 1, hasLocations: true) == expected)
    }
}
