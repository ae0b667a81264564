import JSON
import Testing
import Upstream

/// Objects and narrower lists of an upstream whose whole list cannot be read: they take no call in vain for each.
@Suite struct UnreadableListTests {
    private static let sdl = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page") @cacheControl(maxAge: 60) {
          query: Query
        }
        type Query { row(id: ID!): Row @rest(get: "/rows/{id}") shelf(id: ID!): Shelf @rest(get: "/shelves/{id}") }
        type Shelf @entity(get: "/shelves/{id}") {
          id: ID! rows(first: Int): [Row!] @rest(list: "/rows{?shelf_id}", by: "shelf_id")
        }
        type Row @entity(get: "/rows/{id}", list: "/rows") { id: ID! shelf_id: ID }
        """

    /// Responds to objects and to the list of each shelf, and to the list of all rows as the test says.
    private func harness(_ list: ScriptedTransport.Outcome) throws -> UpstreamHarness {
        try UpstreamHarness(
            Self.sdl,
            transport: ScriptedTransport { path in
                if path.contains("shelf_id=") { return .json(#"{"data":[{"id":"r"}],"count":1}"#) }
                if path.hasPrefix("/rows?") { return list }
                let id = path.split(separator: "/").last ?? ""
                return .json(#"{"id":"\#(id)","shelf_id":"s"}"#)
            }
        )
    }

    private func wholeLists(_ harness: UpstreamHarness) -> Int {
        harness.transport.paths.count { $0.hasPrefix("/rows?") && !$0.contains("shelf_id=") }
    }

    @Test(arguments: [
        ScriptedTransport.Outcome.status(400, ""), .status(403, ""), .status(404, ""), .broken(.timedOut),
    ])
    func objectsOneByOneReadItOnce(list: ScriptedTransport.Outcome) async throws {
        let harness = try harness(list)
        for id in 0..<40 {
            let response = try await harness.run("{ row(id: \"\(id)\") { id } }")
            #expect(response == ["data": ["row": ["id": .string("\(id)")]]])
        }
        #expect(wholeLists(harness) == 1)
        #expect(harness.transport.paths.count == 41)
    }

    @Test func narrowerListsReadItOnce() async throws {
        let harness = try harness(.status(400, ""))
        for round in 0..<10 {
            let fields = (0..<6).map { "a\($0): shelf(id: \"\(round)-\($0)\") { rows(first: 1) { id } }" }
            let response = try await harness.run("{ \(fields.joined(separator: " ")) }")
            #expect(response["errors"] == nil)
        }
        #expect(wholeLists(harness) == 1)
    }
}
