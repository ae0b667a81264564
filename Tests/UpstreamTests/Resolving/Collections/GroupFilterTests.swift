import JSON
import Testing
import Upstream

/// Filters whose values may stand for several: a list is not cut from another one by a value that no row has.
@Suite struct GroupFilterTests {
    private static let sdl = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page") @cacheControl(maxAge: 60) { query: Query }
        type Query {
          books(status: String, first: Int): Books @rest(list: "/books{?status}", equals: ["status"])
          byLender(lender: ID, first: Int): Books @rest(list: "/books{?lender}", equals: ["lender"])
          shelves(first: Int): Shelves @rest(list: "/shelves")
        }
        type Shelf @entity(get: "/shelves/{id}", list: "/shelves") {
          id: ID!
          books(status: String, first: Int): Books @rest(list: "/books{?shelf_id,status}", by: "shelf_id", equals: ["status"])
        }
        type Book @entity(get: "/books/{id}", list: "/books") { id: ID! status: String }
        type Books { nodes: [Book!]! totalCount: Int pageInfo: PageInfo! }
        type Shelves { nodes: [Shelf!]! pageInfo: PageInfo! }
        type PageInfo { hasNextPage: Boolean! }
        """
    private static let statuses = ["lent", "torn", "here"]

    /// Responds with thirty books on three shelves, or with these and nine more that have none; `away` stands for `lent` and `torn`.
    private static func respond(_ path: String) -> ScriptedTransport.Outcome {
        func parameter(_ name: String) -> String? {
            path.split(separator: "\(name)=").dropFirst().first.map { String($0.prefix { $0 != "&" }) }
        }
        if path.hasPrefix("/shelves") {
            return .json(#"{"data":[\#((0..<12).map { #"{"id":"s\#($0)"}"# }.joined(separator: ","))],"count":12}"#)
        }
        let rows = (0..<30).filter { number in
            let status = statuses[number / 3 % 3]
            let wanted = parameter("status").map { $0 == "away" ? ["lent", "torn"] : [$0] }
            return wanted?.contains(status) ?? true && parameter("shelf_id").map { $0 == "s\(number % 3)" } ?? true
        }
        let texts = rows.map {
            #"{"id":"b\#($0)","status":"\#(statuses[$0 / 3 % 3])","shelf_id":"s\#($0 % 3)","lender":"m\#($0 % 2)"}"#
        }
        return .json(#"{"data":[\#(texts.joined(separator: ","))],"count":\#(rows.count)}"#)
    }

    private static func perShelf(_ count: Int) -> [JSONValue?] { (0..<12).map { .integer($0 < 3 ? count : 0) } }

    private func harness() throws -> UpstreamHarness {
        try UpstreamHarness(Self.sdl, transport: ScriptedTransport { Self.respond($0) })
    }

    @Test func aValueThatNoRowHasIsAskedFor() async throws {
        let harness = try harness()
        _ = try await harness.run("{ books(first: 5) { totalCount nodes { id } } }")
        for (status, count) in [("away", 21), ("lent", 12), ("none", 0)] {
            let response = try await harness.run(
                "{ books(status: \"\(status)\", first: 50) { totalCount nodes { status } } }"
            )
            #expect(response["data"]?["books"]?["totalCount"] == .integer(count))
            #expect(response["data"]?["books"]?["nodes"]?.arrayValue?.count == count)
        }
        #expect(harness.transport.paths.filter { $0.contains("status=lent") }.isEmpty)
    }

    /// A key never stands for several objects.
    @Test func aKeyThatNoRowHasIsNotAskedFor() async throws {
        let harness = try harness()
        _ = try await harness.run("{ books(first: 5) { nodes { id } } }")
        let response = try await harness.run("{ byLender(lender: \"nobody\", first: 5) { totalCount nodes { id } } }")
        #expect(response["data"]?["byLender"] == ["totalCount": 0, "nodes": []])
        #expect(harness.transport.paths.count == 1)
    }

    @Test func listsOfSeveralParentsAreAskedForTogether() async throws {
        let harness = try harness()
        _ = try await harness.run("{ books(first: 50) { nodes { id } } }")
        let query = """
            { shelves(first: 12) { nodes { id
              away: books(status: "away", first: 20) { totalCount } here: books(status: "here", first: 20) { totalCount }
              all: books(first: 20) { totalCount } } } }
            """
        let response = try await harness.run(query)
        let shelves = response["data"]?["shelves"]?["nodes"]?.arrayValue ?? []
        #expect(shelves.map { $0["away"]?["totalCount"] } == Self.perShelf(7))
        #expect(shelves.map { $0["here"]?["totalCount"] } == Self.perShelf(3))
        #expect(shelves.map { $0["all"]?["totalCount"] } == Self.perShelf(10))
        #expect(response["errors"] == nil)
        // The books, the shelves, and what is away: on all shelves at once.
        #expect(harness.transport.paths.count == 3, "\(harness.transport.paths)")
    }
}
