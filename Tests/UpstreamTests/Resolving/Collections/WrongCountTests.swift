import GraphQL
import JSON
import Testing
import Upstream

/// How many rows a list is said to have where counts of its route have been wrong.
@Suite struct WrongCountTests {
    private static let sdl = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page") @cacheControl(maxAge: 60) {
          query: Query
        }
        type Query {
          rows(shelf: ID, first: Int, after: String, last: Int): RowConnection @rest(list: "/rows{?shelf}")
        }
        type Row @entity(get: "/rows/{id}") { id: ID! }
        type RowConnection { nodes: [Row!]! pageInfo: PageInfo! totalCount: Int }
        type PageInfo { hasNextPage: Boolean! endCursor: String }
        """

    private static func rows(_ range: Range<Int>, count: Int) -> ScriptedTransport.Outcome {
        .json(#"{"data":[\#(range.map { #"{"id":"r\#($0)"}"# }.joined(separator: ","))],"count":\#(count)}"#)
    }

    /// Reads a list of which the count is too high, and then another one of the same route.
    private func run(
        _ query: String,
        _ page: @escaping @Sendable (Int) -> ScriptedTransport.Outcome
    ) async throws -> (result: JSONValue, calls: [String]) {
        let transport = ScriptedTransport { path in
            let number = path.split(separator: "page=").dropFirst().first.flatMap { Int($0.prefix { $0 != "&" }) } ?? 0
            if path.contains("shelf") { return page(number) }
            return Self.rows(number == 1 ? 0..<2 : 0..<0, count: 127)
        }
        let harness = try UpstreamHarness(Self.sdl, transport: transport)
        let whole = try await harness.run("{ rows(first: 1000) { nodes { id } totalCount } }")
        #expect(whole["data"]?["rows"]?["totalCount"] == 2)
        #expect(whole["errors"]?.arrayValue?.map { $0["path"] } == [["rows"]])
        let before = transport.paths.count
        let result = try await harness.run(query)
        return (result, Array(transport.paths.dropFirst(before)))
    }

    /// The rows may be hidden, or more of them follow: nothing contradicts the count.
    @Test(arguments: [(40, 45, 45), (40, 40, 40), (100, 230, 230)])
    func aCountThatTheRowsDoNotContradictIsShown(found: Int, count: Int, total: Int) async throws {
        let (result, calls) = try await run(#"{ rows(shelf: "s", first: 1) { nodes { id } totalCount } }"#) { page in
            page == 1 ? Self.rows(0..<found, count: count) : .status(404, "")
        }
        #expect(result == ["data": ["rows": ["nodes": [["id": "r0"]], "totalCount": .integer(total)]]])
        #expect(calls.count == 1)
    }

    /// The number that was found is better than the one that was wrong.
    @Test func theNumberThatWasFoundIsShownAsLongAsItIsFresh() async throws {
        let query = #"{ rows(first: 1) { nodes { id } totalCount } }"#
        let (result, calls) = try await run(query) { _ in .status(404, "") }
        #expect(result == ["data": ["rows": ["nodes": [["id": "r0"]], "totalCount": 2]]])
        #expect(calls.isEmpty)
    }

    @Test(arguments: [0, 30])
    func theNextPageShowsHowManyRowsAShortListHas(count: Int) async throws {
        let (result, calls) = try await run(#"{ rows(shelf: "s", first: 1) { totalCount } }"#) { page in
            page == 1 ? Self.rows(0..<40, count: count) : .status(404, "")
        }
        #expect(result == ["data": ["rows": ["totalCount": 40]]])
        #expect(calls.count == 2)
    }

    /// The count may be that of the page.
    @Test func theNextPageShowsWhetherAFullPageIsTheLast() async throws {
        let (result, calls) = try await run(#"{ rows(shelf: "s", first: 1) { totalCount } }"#) { page in
            page == 1 ? Self.rows(0..<100, count: 100) : .status(404, "")
        }
        #expect(result == ["data": ["rows": ["totalCount": 100]]])
        #expect(calls.count == 2)
    }

    /// A null that is not the upstream's has an error at its own path.
    @Test func aNumberThatNothingShowsIsAnErrorAtItsPath() async throws {
        let (result, _) = try await run(#"{ rows(shelf: "s", first: 2) { nodes { id } totalCount } }"#) { page in
            Self.rows(page * 100 - 100..<page * 100, count: 95)
        }
        #expect(result["data"] == ["rows": ["nodes": [["id": "r0"], ["id": "r1"]], "totalCount": .null]])
        let errors = result["errors"]?.arrayValue ?? []
        #expect(errors.map { $0["path"] } == [["rows", "totalCount"]])
        #expect(errors.map { $0["extensions"]?["code"] } == ["UPSTREAM_INVALID_RESPONSE"])
    }

    /// The same where the list is the first one whose count is wrong.
    @Test func aCountThatIsTooLowAtOnceIsAnErrorAtThePathOfTheNumber() async throws {
        let transport = ScriptedTransport { _ in Self.rows(0..<100, count: 40) }
        let result = try await UpstreamHarness(Self.sdl, transport: transport)
            .run("{ rows(first: 1) { nodes { id } totalCount } }")
        #expect(result["data"] == ["rows": ["nodes": [["id": "r0"]], "totalCount": .null]])
        #expect(result["errors"]?.arrayValue?.map { $0["path"] } == [["rows", "totalCount"]])
    }

    @Test func thePageThatCouldShowTheNumberFailsAtThePathOfTheNumber() async throws {
        let transport = ScriptedTransport { path in
            path.contains("page=1&") ? Self.rows(0..<100, count: 100) : .status(403, #"{"message":"no more"}"#)
        }
        let result = try await UpstreamHarness(Self.sdl, transport: transport)
            .run("{ rows(first: 1) { nodes { id } totalCount } }")
        #expect(result["data"] == ["rows": ["nodes": [["id": "r0"]], "totalCount": .null]])
        let errors = result["errors"]?.arrayValue ?? []
        #expect(errors.map { $0["path"] } == [["rows", "totalCount"]])
        #expect(errors.map { $0["message"] } == ["no more"])
    }

    /// Pages that state other numbers each, and the same ones again, have not lost rows.
    @Test func countsThatDifferFromPageToPageAreFoundOutOnce() async throws {
        let transport = ScriptedTransport { path in
            path.contains("page=1&") ? Self.rows(0..<99, count: 102) : Self.rows(0..<0, count: 96)
        }
        let harness = try UpstreamHarness(Self.sdl, transport: transport)
        for (shelf, most) in [("a", 7), ("b", 2), ("c", 2)] {
            let before = transport.paths.count
            let result = try await harness.run(#"{ rows(shelf: "\#(shelf)", first: 100) { nodes { id } } }"#)
            #expect(result["errors"] == nil)
            #expect(result["data"]?["rows"]?["nodes"]?.arrayValue?.count == 99)
            #expect(transport.paths.count - before <= most)
        }
    }

    /// Where each page has an order of its own, rows stand on two pages, and as many on none.
    @Test func rowsThatAreMissingBecauseOthersStandOnTwoPagesAreReported() async throws {
        let transport = ScriptedTransport { path in
            Self.rows(path.contains("page=1&") ? 0..<100 : 90..<110, count: 120)
        }
        let result = try await UpstreamHarness(Self.sdl, transport: transport)
            .run("{ rows(first: 150) { nodes { id } totalCount } }")
        #expect(result["data"]?["rows"]?["nodes"]?.arrayValue?.count == 110)
        #expect(result["data"]?["rows"]?["totalCount"] == 120)
        let errors = result["errors"]?.arrayValue ?? []
        #expect(errors.map { $0["path"] } == [["rows"]])
        #expect(errors.map { $0["extensions"]?["code"] } == ["UPSTREAM_INVALID_RESPONSE"])
    }
}
