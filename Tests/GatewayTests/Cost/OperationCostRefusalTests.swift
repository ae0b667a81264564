import GraphQL
import JSON
import Testing
import Upstream

@testable import Gateway

/// An operation is refused from one call, row or byte above its limit, and the refusal says what costs most.
@Suite struct OperationCostRefusalTests {
    private static let sdl = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page") { query: Query }
        type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") }
        type Thing @entity(get: "/things/{id}") { id: ID! name: String owner: Owner @rest(get: "/things/{parent.id}/owner") }
        type Owner { name: String }
        """

    private func cost(_ query: String) throws -> OperationCost {
        let schema = try LoadedSchema(Source(Self.sdl))
        let explanations = try Explainer(schema: schema, workspaceCount: 1).explain(Source(query))
        return try #require(explanations.first).cost
    }

    @Test func refusalNamesTheCallsAndTheirPaths() throws {
        let cost = try cost("{ a: thing(id: 1) { id } b: thing(id: 2) { owner { name } } }")
        #expect(cost.calls == CostRange(2, 3))
        #expect(cost.refusal(limit: 3) == nil)
        let paths: JSONValue = [
            ["path": "a", "calls": 1], ["path": "b", "calls": 1], ["path": "b.owner", "calls": 1],
        ]
        #expect(
            cost.refusal(limit: 2)
                == GraphQLError(
                    "The operation can take up to 3 upstream calls, and may take 2. "
                        + "Ask for fewer rows, or split it.",
                    extensions: [
                        "code": "TOO_EXPENSIVE", "estimated": ["min": 2, "max": 3], "priced": ["min": 2, "max": 3],
                        "limit": 2, "paths": paths,
                    ]
                )
        )
    }

    @Test func onlyTheFiveMostExpensivePathsAreNamed() throws {
        let fields = (1...7).map { "f\($0): thing(id: \($0)) { id }" }.joined(separator: " ")
        let refusal = try cost("{ \(fields) }").refusal(limit: 1)
        let paths = ["f1", "f2", "f3", "f4", "f5"]
        guard case .array(let named)? = refusal?.extensions["paths"] else {
            Issue.record("The refusal names no paths: \(String(describing: refusal)).")
            return
        }
        #expect(named.compactMap { $0["path"]?.stringValue } == paths)
    }

    @Test(arguments: [(CostRange(0, 7), "up to 7"), (CostRange(0, .max), "1000000000 or more")])
    func mostCallsAreDescribedInWords(range: CostRange, text: String) {
        #expect(range.mostText == text)
        #expect(range.json == ["min": 0, "max": .integer(min(range.max, 1_000_000_000))])
    }
}
