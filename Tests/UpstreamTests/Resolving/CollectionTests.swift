import JSON
import Synchronization
import Testing
import Upstream

/// Collections in pages, however the upstream counts and ends them.
@Suite struct CollectionTests {
    /// How an upstream responds with pages of a collection of numbered rows.
    struct Pages: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// What `count` says, of all rows and of the page's.
        let count: @Sendable (Int, Int) -> String
        /// Whether a page past the end is 404.
        let endsWithNotFound: Bool

        /// The response to a call of `/rows`.
        func respond(_ path: String, of total: Int) -> ScriptedTransport.Outcome {
            guard let page = path.split(separator: "page=").dropFirst().first?.prefix(while: { $0 != "&" }),
                let number = Int(page), path == "/rows?page=\(number)&per_page=100"
            else { return .status(400, "") }
            let rows = Array((0..<total).dropFirst((number - 1) * 100).prefix(100))
            if rows.isEmpty, number > 1, endsWithNotFound { return .status(404, "") }
            let data = rows.map { #"{"id":"r\#($0)"}"# }.joined(separator: ",")
            return .json(#"{"data":[\#(data)]\#(count(total, rows.count)),"error":null}"#)
        }
    }

    static let variants = [
        Pages(testDescription: "counts all", count: { all, _ in #","count":\#(all)"# }, endsWithNotFound: false),
        Pages(
            testDescription: "counts all, 404 at the end",
            count: { all, _ in #","count":\#(all)"# },
            endsWithNotFound: true
        ),
        Pages(testDescription: "counts the page", count: { _, page in #","count":\#(page)"# }, endsWithNotFound: false),
        Pages(testDescription: "does not count", count: { _, _ in "" }, endsWithNotFound: true),
        Pages(testDescription: "counts with null", count: { _, _ in #","count":null"# }, endsWithNotFound: false),
    ]

    private static let sdl = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page") { query: Query }
        type Query {
          rows(first: Int, after: String, last: Int, before: String, page: Int, perPage: Int): RowConnection @rest(list: "/rows")
          all: [Row!] @rest(list: "/rows")
        }
        type Row @entity(get: "/rows/{id}") { id: ID! }
        type RowConnection { nodes: [Row!]! edges: [RowEdge!]! pageInfo: PageInfo! totalCount: Int }
        type RowEdge { node: Row! cursor: String! }
        type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
        """

    private func harness(
        _ response: @escaping @Sendable (String) -> ScriptedTransport.Outcome
    ) throws -> UpstreamHarness {
        try UpstreamHarness(Self.sdl, transport: ScriptedTransport { response($0) })
    }

    private func ids(_ connection: JSONValue?) -> [String] {
        connection?["nodes"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
    }

    @Test(arguments: variants)
    func aWindowOverSeveralPagesIsWhole(pages: Pages) async throws {
        let harness = try harness { pages.respond($0, of: 230) }
        let response = try await harness.run(
            "{ rows(first: 250) { nodes { id } pageInfo { hasNextPage } totalCount } }"
        )
        let rows = response["data"]?["rows"]
        #expect(response["errors"] == nil)
        #expect(ids(rows) == (0..<230).map { "r\($0)" })
        #expect(rows?["pageInfo"] == ["hasNextPage": false])
        #expect(rows?["totalCount"] == 230)
        #expect(harness.transport.paths.count == 3)
    }

    @Test(arguments: variants)
    func aWindowWithinTheSecondPageReadsThatPageFirst(pages: Pages) async throws {
        let harness = try harness { pages.respond($0, of: 130) }
        let query =
            "{ rows(page: 12, perPage: 10) { nodes { id } pageInfo { hasNextPage hasPreviousPage } totalCount } }"
        let rows = try await harness.run(query)["data"]?["rows"]
        #expect(ids(rows) == (110..<120).map { "r\($0)" })
        #expect(rows?["pageInfo"] == ["hasNextPage": true, "hasPreviousPage": true])
        #expect(rows?["totalCount"] == 130)
        // Where no count says so, only the first page shows that 30 rows are not all that the upstream puts on a page.
        let others = pages.count(130, 30).contains("130") ? [] : ["/rows?page=1&per_page=100"]
        #expect(harness.transport.paths == ["/rows?page=2&per_page=100"] + others)
    }

    @Test func anUpstreamThatDoesNotKnowPagesEndsWithTheFirst() async throws {
        let rows = (0..<100).map { #"{"id":"r\#($0)"}"# }.joined(separator: ",")
        let harness = try harness { _ in .json(#"{"data":[\#(rows)],"count":350,"error":null}"#) }
        let found = try await harness.run("{ rows(first: 350) { nodes { id } pageInfo { hasNextPage } } }")["data"]?[
            "rows"
        ]
        #expect(ids(found) == (0..<100).map { "r\($0)" })
        #expect(found?["pageInfo"] == ["hasNextPage": false])
        #expect(harness.transport.paths.count == 4)
    }

    @Test(arguments: variants)
    func aWindowPastTheEndIsEmpty(pages: Pages) async throws {
        let harness = try harness { pages.respond($0, of: 130) }
        let query = "{ rows(page: 5, perPage: 60) { nodes { id } pageInfo { hasNextPage endCursor } totalCount } }"
        let response = try await harness.run(query)
        let rows = response["data"]?["rows"]
        #expect(response["errors"] == nil)
        #expect(rows?["nodes"] == [])
        #expect(rows?["pageInfo"] == ["hasNextPage": false, "endCursor": .null])
        #expect(rows?["totalCount"] == .null || rows?["totalCount"] == 130)
    }

    @Test(arguments: variants)
    func anEmptyCollectionIsAnEmptyList(pages: Pages) async throws {
        let harness = try harness { pages.respond($0, of: 0) }
        let query =
            "{ rows { nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor } totalCount } }"
        let response = try await harness.run(query)
        let pageInfo: JSONValue = ["hasNextPage": false, "hasPreviousPage": false, "startCursor": .null]
        #expect(response == ["data": ["rows": ["nodes": [], "edges": [], "pageInfo": pageInfo, "totalCount": 0]]])
    }

    @Test(arguments: variants, [1, 20, 50, 100, 130, 250])
    func theLastRowsAreThoseAtTheEnd(pages: Pages, count: Int) async throws {
        let harness = try harness { pages.respond($0, of: 130) }
        let response = try await harness.run(
            "{ rows(last: \(count)) { nodes { id } pageInfo { hasNextPage hasPreviousPage } totalCount } }"
        )
        let rows = response["data"]?["rows"]
        #expect(ids(rows) == (0..<130).suffix(count).map { "r\($0)" })
        #expect(rows?["pageInfo"] == ["hasNextPage": false, "hasPreviousPage": .bool(count < 130)])
        #expect(rows?["totalCount"] == 130)
    }

    @Test(arguments: variants) func totalIsTheUpstreamsPresentCount(pages: Pages) async throws {
        let size = Mutex(230)
        let harness = try harness { path in pages.respond(path, of: size.withLock { $0 }) }
        let query = "{ rows(first: 10) { totalCount } }"
        let before = try await harness.run(query)["data"]?["rows"]?["totalCount"]
        _ = try await harness.run("{ rows(first: 250) { nodes { id } } }")
        size.withLock { $0 = 150 }
        let after = try await harness.run(query)["data"]?["rows"]?["totalCount"]
        // What was learned by reading all of it is of no use later.
        #expect(after == (before == .null ? .null : 150))
    }

    @Test(arguments: variants) func aCollectionThatFillsItsPagesIsCounted(pages: Pages) async throws {
        let harness = try harness { pages.respond($0, of: 200) }
        let response = try await harness.run("{ rows(first: 250) { nodes { id } totalCount } }")
        #expect(ids(response["data"]?["rows"]).count == 200)
        #expect(response["data"]?["rows"]?["totalCount"] == 200)
    }

    /// Counts that cannot be are none, and break nothing.
    @Test(arguments: [
        "9223372036854775807", "9223372036854775708", "1000000000000000000", "5000000000000000000", "1e30", "-1",
        "-9223372036854775808", "1.5", "true", "[]", "{}", "null",
    ])
    func impossibleCountIsIgnored(count: String) async throws {
        let pages = Pages(testDescription: "", count: { _, _ in #","count":\#(count)"# }, endsWithNotFound: false)
        for field in ["first: 1", "first: 0", "last: 3", "first: 250", "page: 2, perPage: 7"] {
            let harness = try harness { pages.respond($0, of: 150) }
            let response = try await harness.run(
                "{ rows(\(field)) { nodes { id } totalCount pageInfo { hasNextPage } } }"
            )
            #expect(response["errors"] == nil, "\(field)")
            if field == "last: 3" { #expect(ids(response["data"]?["rows"]) == ["r147", "r148", "r149"]) }
            if field == "first: 250" { #expect(ids(response["data"]?["rows"]).count == 150) }
        }
    }

    /// A number that the rows contradict is no total: either the pages show how many rows there are, or the null has an error.
    @Test(arguments: ["12", "\"12\""], ["first: 1", "first: 0", "last: 3", "first: 250", "page: 2, perPage: 7"])
    func countBelowTheRowsIsNotUsedAsTotal(count: String, field: String) async throws {
        let pages = Pages(testDescription: "", count: { _, _ in #","count":\#(count)"# }, endsWithNotFound: false)
        let response = try await harness { pages.respond($0, of: 150) }
            .run("{ rows(\(field)) { nodes { id } totalCount pageInfo { hasNextPage } } }")
        if response["data"]?["rows"]?["totalCount"] == .null {
            #expect(response["errors"]?.arrayValue?.map { $0["path"] } == [["rows", "totalCount"]])
        } else {
            #expect(response["data"]?["rows"]?["totalCount"] == 150)
            #expect(response["errors"] == nil)
        }
        if field == "last: 3" { #expect(ids(response["data"]?["rows"]) == ["r147", "r148", "r149"]) }
        if field == "first: 250" { #expect(ids(response["data"]?["rows"]).count == 150) }
    }

    @Test func cursorsLeadThroughTheWholeCollection() async throws {
        let pages = Self.variants[0]
        let harness = try harness { pages.respond($0, of: 130) }
        var found: [String] = []
        var after = ""
        for _ in 0..<10 {
            let query = "{ rows(first: 40\(after)) { nodes { id } pageInfo { hasNextPage endCursor } } }"
            let rows = try await harness.run(query)["data"]?["rows"]
            found += ids(rows)
            guard rows?["pageInfo"]?["hasNextPage"] == true else { break }
            after = ", after: \"\(try #require(rows?["pageInfo"]?["endCursor"]?.stringValue))\""
        }
        #expect(found == (0..<130).map { "r\($0)" })
    }

    @Test func aRowThatMovedToTheNextPageCountsOnce() async throws {
        let pages = Self.variants[0]
        // Between the two calls a row was added in front: every row moved on by one.
        let harness = try harness { path in
            guard path.contains("page=2&") else { return pages.respond(path, of: 120) }
            let rows = (99..<120).map { #"{"id":"r\#($0)"}"# }.joined(separator: ",")
            return .json(#"{"data":[\#(rows)],"count":121}"#)
        }
        let rows = try await harness.run("{ rows(first: 120) { nodes { id } totalCount } }")["data"]?["rows"]
        #expect(ids(rows) == (0..<119).map { "r\($0)" } || ids(rows) == (0..<120).map { "r\($0)" })
        #expect(Set(ids(rows)).count == ids(rows).count)
    }

    @Test func edgesHaveTheSameRowsAndACursorEach() async throws {
        let pages = Self.variants[0]
        let harness = try harness { pages.respond($0, of: 3) }
        let query =
            "{ rows(first: 2) { edges { node { id } cursor } nodes { id } pageInfo { startCursor endCursor } } }"
        let rows = try await harness.run(query)["data"]?["rows"]
        let edges = try #require(rows?["edges"]?.arrayValue)
        #expect(edges.map { $0["node"] } == [["id": "r0"], ["id": "r1"]])
        #expect(edges.first?["cursor"] == rows?["pageInfo"]?["startCursor"])
        #expect(edges.last?["cursor"] == rows?["pageInfo"]?["endCursor"])
        #expect(edges.first?["cursor"] != edges.last?["cursor"])
    }

    @Test func aFieldWithoutPagingArgumentsHasTheWholeFirstPage() async throws {
        let pages = Self.variants[0]
        let harness = try harness { pages.respond($0, of: 60) }
        let rows = try await harness.run("{ all { id } }")["data"]?["all"]
        #expect(rows?.arrayValue?.count == 60)
        #expect(harness.transport.paths == ["/rows?page=1&per_page=100"])
    }

    @Test func aFurtherPageThatFailsFailsTheField() async throws {
        let pages = Self.variants[0]
        let harness = try harness { $0.contains("page=2&") ? .status(500, "") : pages.respond($0, of: 150) }
        let response = try await harness.run("{ rows(first: 150) { nodes { id } } }")
        #expect(response["data"] == ["rows": .null])
        #expect(response["errors"]?[0]?["extensions"]?["code"] == "UPSTREAM_ERROR")
        #expect(response["errors"]?.arrayValue?.count == 1)
    }

    @Test(
        arguments: [
            (.json(#"{"data":{"id":"r0"}}"#), "UPSTREAM_INVALID_RESPONSE"),
            (.json(#"{"rows":[]}"#), "UPSTREAM_INVALID_RESPONSE"),
            (.json("17"), "UPSTREAM_INVALID_RESPONSE"),
            (.status(404, ""), "NOT_FOUND"),
            (.status(429, ""), "RATE_LIMITED"),
        ] as [(ScriptedTransport.Outcome, JSONValue)]
    )
    func aResponseWithoutRowsFailsTheField(outcome: ScriptedTransport.Outcome, code: JSONValue) async throws {
        let response = try await harness { _ in outcome }.run("{ rows { nodes { id } } }")
        #expect(response["data"] == ["rows": .null])
        #expect(response["errors"]?[0]?["extensions"]?["code"] == code)
    }

    @Test func argumentsThatMakeNoSenseAreRefusedWithoutACall() async throws {
        let harness = try harness { _ in .status(500, "") }
        let response = try await harness.run("{ rows(first: 5, page: 2) { nodes { id } } }")
        #expect(response["errors"]?[0]?["extensions"] == ["code": "BAD_USER_INPUT"])
        #expect(harness.transport.paths == [])
    }

    @Test func anUpstreamWithoutPagesGivesItsWholeList() async throws {
        let sdl = """
            type Query { rows(first: Int, after: String): RowConnection @rest(list: "/rows") all: [Row!] @rest(list: "/rows") }
            type Row { id: ID! }
            type RowConnection { nodes: [Row!]! pageInfo: PageInfo! totalCount: Int }
            type PageInfo { hasNextPage: Boolean! }
            """
        let rows = (0..<300).map { #"{"id":"r\#($0)"}"# }.joined(separator: ",")
        let harness = try UpstreamHarness(sdl, transport: ScriptedTransport(["/rows": .json("[\(rows)]")]))
        let query = "{ rows(first: 2) { nodes { id } pageInfo { hasNextPage } totalCount } all { id } }"
        let data = try await harness.run(query)["data"]
        let connection: JSONValue = [
            "nodes": [["id": "r0"], ["id": "r1"]], "pageInfo": ["hasNextPage": true], "totalCount": 300,
        ]
        #expect(data?["rows"] == connection)
        #expect(data?["all"]?.arrayValue?.count == 300)
        #expect(harness.transport.paths == ["/rows"])
    }
}
