import JSON
import Testing
import Upstream

/// Upstreams that respond with a page that they have shown already, whatever page is asked for: the list has an end.
@Suite struct RepeatedPageTests {
    private static let sdl = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page") @cacheControl(maxAge: 60) { query: Query }
        type Query {
          rows(first: Int, after: String, page: Int, perPage: Int): Rows @rest(list: "/rows")
        }
        type Row @entity(get: "/rows/{id}") { id: ID! }
        type Rows { nodes: [Row]! totalCount: Int pageInfo: PageInfo! }
        type PageInfo { hasNextPage: Boolean! endCursor: String }
        """

    private static func page(_ path: String) -> Int {
        path.split(separator: "page=").dropFirst().first.flatMap { Int($0.prefix { $0 != "&" }) } ?? 1
    }

    private static func rows(_ range: Range<Int>) -> String {
        range.map { #"{"id":"r\#($0)"}"# }.joined(separator: ",")
    }

    /// What each row is, and how many a page has.
    @Test(arguments: ["null", "7", "\"text\"", "[1]"], [2, 19, 20, 100]) func rowsThatAreNoObjectsAreNotReadForEver(
        row: String,
        count: Int
    ) async throws {
        let body = #"{"data":[\#(Array(repeating: row, count: count).joined(separator: ","))],"count":\#(count)}"#
        let transport = ScriptedTransport { _ in .json(body) }
        let response = try await UpstreamHarness(Self.sdl, transport: transport).run(
            "{ rows(first: 5) { nodes { id } } }"
        )
        #expect(transport.paths.count <= 2, "\(transport.paths.count)")
        #expect(response["data"] != nil)
    }

    /// Two hundred rows; a page past the end has those of the first one.
    @Test(arguments: [true, false]) func aWalkEndsWhereTheFirstPageComesAgain(isCounted: Bool) async throws {
        let count = isCounted ? #","count":200"# : ""
        let transport = ScriptedTransport { path in
            let page = Self.page(path)
            let start = page <= 2 ? (page - 1) * 100 : 0
            return .json(#"{"data":[\#(Self.rows(start..<start + 100))]\#(count)}"#)
        }
        let harness = try UpstreamHarness(Self.sdl, transport: transport)
        let query = "nodes { id } totalCount pageInfo { hasNextPage endCursor }"
        let whole = try await harness.run("{ rows(first: 400) { \(query) } }")
        #expect(whole["data"]?["rows"]?["nodes"]?.arrayValue?.count == 200)
        #expect(whole["data"]?["rows"]?["totalCount"] == .integer(200))
        #expect(whole["data"]?["rows"]?["pageInfo"]?["hasNextPage"] == false)
        #expect(whole["errors"] == nil)
        let first = try await harness.run("{ rows(first: 100) { \(query) } }")
        let cursor = try #require(first["data"]?["rows"]?["pageInfo"]?["endCursor"]?.stringValue)
        let second = try await harness.run("{ rows(first: 100, after: \"\(cursor)\") { \(query) } }")
        #expect(second["data"]?["rows"]?["nodes"]?.arrayValue?.first?["id"] == "r100")
        #expect(second["data"]?["rows"]?["totalCount"] == .integer(200))
        #expect(second["data"]?["rows"]?["pageInfo"]?["hasNextPage"] == false)
        #expect(second["errors"] == nil)
    }

    /// The walk alone, in which no reading has both pages.
    @Test func theSecondWindowEndsWhereTheStoredFirstPageComesAgain() async throws {
        let transport = ScriptedTransport { path in
            let page = Self.page(path)
            let start = page <= 2 ? (page - 1) * 100 : 0
            return .json(#"{"data":[\#(Self.rows(start..<start + 100))],"count":200}"#)
        }
        let harness = try UpstreamHarness(Self.sdl, transport: transport)
        let query = "nodes { id } totalCount pageInfo { hasNextPage endCursor }"
        let first = try await harness.run("{ rows(first: 100) { \(query) } }")
        let cursor = try #require(first["data"]?["rows"]?["pageInfo"]?["endCursor"]?.stringValue)
        let second = try await harness.run("{ rows(first: 100, after: \"\(cursor)\") { \(query) } }")
        #expect(second["data"]?["rows"]?["totalCount"] == .integer(200))
        #expect(second["data"]?["rows"]?["pageInfo"]?["hasNextPage"] == false)
        #expect(second["errors"] == nil)
    }

    /// A page that ends with its first two rows once more: behind a cursor, only rows that were not shown before it.
    @Test(arguments: 1...4) func aRowThatAPageRepeatsIsNotShownBehindACursorAgain(size: Int) async throws {
        let transport = ScriptedTransport { _ in
            .json(#"{"data":[\#(Self.rows(0..<5)),\#(Self.rows(0..<2))],"count":5}"#)
        }
        let harness = try UpstreamHarness(Self.sdl, transport: transport)
        let query = "nodes { id } pageInfo { hasNextPage endCursor }"
        let first = try await harness.run("{ rows(first: \(size)) { \(query) } }")
        let cursor = try #require(first["data"]?["rows"]?["pageInfo"]?["endCursor"]?.stringValue)
        let second = try await harness.run("{ rows(first: 10, after: \"\(cursor)\") { \(query) } }")
        #expect(second["data"]?["rows"]?["nodes"] == .array((size..<5).map { ["id": .string("r\($0)")] }))
        #expect(second["data"]?["rows"]?["pageInfo"]?["hasNextPage"] == false)
        #expect(second["errors"] == nil)
    }

    /// An upstream that ignores page and size, and responds to each with all rows: windows by page, with the first response cached.
    @Test func windowsByPageOfAnUpstreamWithoutPages() async throws {
        let transport = ScriptedTransport { _ in .json(#"{"data":[\#(Self.rows(0..<250))],"count":250}"#) }
        let harness = try UpstreamHarness(Self.sdl, transport: transport)
        for (page, size) in [(1, 25), (4, 25), (5, 25), (10, 25), (2, 100), (3, 100), (2, 200), (11, 25)] {
            let response = try await harness.run(
                "{ rows(page: \(page), perPage: \(size)) { nodes { id } totalCount pageInfo { hasNextPage } } }"
            )
            let positions = min(250, (page - 1) * size)..<min(250, page * size)
            let rows = response["data"]?["rows"]
            #expect(rows?["nodes"] == .array(positions.map { ["id": .string("r\($0)")] }), "\(page) \(size)")
            #expect(rows?["totalCount"] == 250)
            #expect(rows?["pageInfo"]?["hasNextPage"] == .bool(page * size < 250))
            #expect(response["errors"] == nil)
        }
    }
}
