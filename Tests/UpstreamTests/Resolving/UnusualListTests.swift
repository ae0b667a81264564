import JSON
import Testing
import Upstream

/// Lists whose responses are shaped otherwise than documented, and lists of which a page cannot be read.
@Suite struct UnusualListTests {
    static let sdl = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page") { query: Query }
        type Query {
          rows(first: Int, after: String, last: Int, before: String, page: Int, perPage: Int): RowConnection
            @rest(list: "/rows")
          all: [Row!] @rest(list: "/rows")
          some(first: Int): [Row!] @rest(list: "/rows")
          names: [String!] @rest(list: "/names")
          notes: [String] @rest(list: "/names")
        }
        type Row @entity(get: "/rows/{id}", deletedAt: "deleted_at") { id: ID! }
        type RowConnection { nodes: [Row!]! pageInfo: PageInfo! totalCount: Int }
        type PageInfo { hasNextPage: Boolean! endCursor: String }
        """

    func run(
        _ query: String,
        _ response: @escaping @Sendable (Int) -> ScriptedTransport.Outcome
    ) async throws -> (data: JSONValue?, errors: JSONValue?) {
        let transport = ScriptedTransport { path in
            let page = path.split(separator: "page=").dropFirst().first?.prefix { $0 != "&" }
            return response(page.flatMap { Int($0) } ?? 0)
        }
        let result = try await UpstreamHarness(Self.sdl, transport: transport).run(query)
        return (result["data"]?["rows"] ?? result["data"]?["all"], result["errors"])
    }

    static func rows(_ range: Range<Int>) -> String {
        range.map { #"{"id":"r\#($0)"}"# }.joined(separator: ",")
    }

    static func page(_ number: Int, of total: Int, _ rest: String = "") -> ScriptedTransport.Outcome {
        let start = (number - 1) * 100
        return .json(#"{"data":[\#(rows(min(start, total)..<min(total, start + 100)))]\#(rest)}"#)
    }

    func ids(_ rows: JSONValue?) -> [String] { rows?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? [] }

    @Test(arguments: [
        ScriptedTransport.Outcome.json(#"{"data":null,"count":0,"error":null}"#), .json(#"{"data":null}"#),
        .json("null"),
        .status(204, ""),
    ])
    func aListWithoutRowsMayBeNull(response: ScriptedTransport.Outcome) async throws {
        let connection = try await run("{ rows { nodes { id } totalCount pageInfo { hasNextPage } } }") { _ in response
        }
        #expect(connection.data == ["nodes": [], "totalCount": 0, "pageInfo": ["hasNextPage": false]])
        #expect(connection.errors == nil)
        let list = try await run("{ all { id } }") { _ in response }
        #expect(list.data == [])
        #expect(list.errors == nil)
    }

    /// The upstream has all rows on every page, however many are asked for.
    @Test(arguments: [(1, 40), (2, 100), (3, 40), (4, 60), (7, 40)])
    func pagesOfAnUpstreamThatIgnoresPagingHaveTheirRows(page: Int, perPage: Int) async throws {
        for count in ["", #","count":250"#] {
            let list = try await run(
                "{ rows(page: \(page), perPage: \(perPage)) { nodes { id } pageInfo { hasNextPage } totalCount } }"
            ) { _ in .json(#"{"data":[\#(Self.rows(0..<250))]\#(count)}"#) }
            #expect(list.errors == nil)
            let range = min(250, (page - 1) * perPage)..<min(250, page * perPage)
            #expect(ids(list.data?["nodes"]) == range.map { "r\($0)" })
            #expect(list.data?["pageInfo"]?["hasNextPage"] == .bool(range.upperBound < 250))
        }
    }

    /// Which page is the last one shows the number of rows, where the first one is full and counts as many as it has.
    @Test func thePagePastTheEndOfOneFullPageKnowsTheNumberOfRows() async throws {
        let list = try await run("{ rows(page: 4, perPage: 100) { nodes { id } totalCount } }") { page in
            page == 1 ? Self.page(1, of: 100, #","count":100"#) : .status(404, "")
        }
        #expect(list.errors == nil)
        #expect(list.data == ["nodes": [], "totalCount": 100])
    }

    @Test func aListThatIsNullBecauseOfAnErrorStatesIt() async throws {
        let result = try await run("{ rows { totalCount } }") { _ in
            .json(#"{"data":null,"count":0,"error":"suspended"}"#)
        }
        #expect(result.data == .null)
        #expect(result.errors?.arrayValue?.compactMap { $0["message"]?.stringValue } == ["suspended"])
    }

    @Test(arguments: [#"{"data":null,"count":0,"error":null}"#, "null", ""])
    func aPagePastTheEndMayBeNull(past: String) async throws {
        let result = try await run("{ rows(first: 500) { nodes { id } totalCount pageInfo { hasNextPage } } }") {
            page in
            page > 2 ? .status(past.isEmpty ? 204 : 200, past) : Self.page(page, of: 200)
        }
        #expect(ids(result.data?["nodes"]) == (0..<200).map { "r\($0)" })
        #expect(result.data?["totalCount"] == 200)
        #expect(result.data?["pageInfo"] == ["hasNextPage": false])
        #expect(result.errors == nil)
    }

    @Test func aRowThatIsNullIsLeftOutWhereTheTypeDoesNotAllowIt() async throws {
        let transport = ScriptedTransport { (_: String) in .json(#"{"data":["a",null,"b"]}"#) }
        let json = try await UpstreamHarness(Self.sdl, transport: transport).run("{ names notes }")
        #expect(json["data"] == ["names": ["a", "b"], "notes": ["a", .null, "b"]])
        #expect(json["errors"]?.arrayValue?.count == 1)
        #expect(json["errors"]?[0]?["path"] == ["names"])
        #expect(json["errors"]?[0]?["message"] == "Row 2 of page 1 is null, and is left out.")
    }

    @Test func aPlainListOfWhichNoRowIsWantedTakesNoCall() async throws {
        let transport = ScriptedTransport(["/rows": .json(#"{"data":[{"id":"1"}]}"#)])
        let harness = try UpstreamHarness(Self.sdl, transport: transport)
        let (cost, response) = try await harness.cost(and: "{ some(first: 0) { id } }")
        #expect(response == ["data": ["some": []]])
        #expect(cost == CostRange(0, 0))
        #expect(transport.paths == [])
    }

    /// The upstream lists a row twice, and counts the rows that differ.
    @Test(arguments: [99, 40, 120]) func aRowThatComesTwiceIsCountedOnce(index: Int) async throws {
        let listed = Array(0...index) + Array(index..<150)
        for query in ["first: 500", "last: 7", "last: 140"] {
            let list = try await run("{ rows(\(query)) { nodes { id } totalCount } }") { page in
                let rows = listed.dropFirst((page - 1) * 100).prefix(100).map { #"{"id":"r\#($0)"}"# }
                return .json(#"{"data":[\#(rows.joined(separator: ","))],"count":150}"#)
            }
            #expect(list.errors == nil)
            #expect(list.data?["totalCount"] == 150)
            let expected = (0..<150).map { "r\($0)" }
            #expect(
                ids(list.data?["nodes"])
                    == (query.hasPrefix("first") ? expected : expected.suffix(Int(query.dropFirst(6)) ?? 0))
            )
        }
    }

    @Test func aCountMayBeAText() async throws {
        let result = try await run("{ rows(first: 1) { totalCount } }") { Self.page($0, of: 230, #","count":"230""#) }
        #expect(result.data == ["totalCount": 230])
    }

    @Test func aRowThatAPageRepeatsIsWhereItComesFirst() async throws {
        let page = ScriptedTransport.Outcome.json(#"{"data":[\#(Self.rows(0..<5)),\#(Self.rows(0..<2))],"count":5}"#)
        let first = try await run("{ rows(first: 3) { nodes { id } } }") { _ in page }
        #expect(ids(first.data?["nodes"]) == ["r0", "r1", "r2"])
        let last = try await run("{ rows(last: 3) { nodes { id } } }") { _ in page }
        #expect(ids(last.data?["nodes"]) == ["r2", "r3", "r4"])
    }

    /// Pages of 20 rows, on each of which the first row stands twice.
    @Test func repeatedRowsOfCappedPagesMakeNoCountWrong() async throws {
        let transport = ScriptedTransport { path in
            let page = path.split(separator: "page=").dropFirst().first.flatMap { Int($0.prefix { $0 != "&" }) } ?? 1
            let (start, end) = (min(99, page * 20 - 20), min(99, page * 20))
            let rows = Self.rows(start..<end)
            return .json(#"{"data":[\#(start < end ? "\(Self.rows(start..<start + 1)),\(rows)" : "")],"count":99}"#)
        }
        let harness = try UpstreamHarness(Self.sdl, transport: transport)
        for window in ["first: 60", "last: 5", "first: 1"] {
            let result = try await harness.run("{ rows(\(window)) { nodes { id } totalCount } }")
            #expect(result["errors"] == nil, "\(window)")
            #expect(result["data"]?["rows"]?["totalCount"] == 99, "\(window)")
        }
        let last = try await harness.run("{ rows(last: 5) { nodes { id } } }")
        #expect(ids(last["data"]?["rows"]?["nodes"]) == (94..<99).map { "r\($0)" })
    }

    /// Shelves whose lists can be cut from the list of all rows.
    private static let shelves = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page") @cacheControl(maxAge: 60) {
          query: Query
        }
        type Query { rows(first: Int): RowConnection @rest(list: "/rows") shelf(id: ID!): Shelf @rest(get: "/shelves/{id}") }
        type Shelf @entity(get: "/shelves/{id}") {
          id: ID! rows(first: Int): RowConnection @rest(list: "/rows{?shelf}", by: "shelf")
        }
        type Row @entity(get: "/rows/{id}", list: "/rows") { id: ID! }
        type RowConnection { nodes: [Row!]! pageInfo: PageInfo! totalCount: Int }
        type PageInfo { hasNextPage: Boolean! }
        """

    /// The whole list counts rows that are on none of its pages: they may be hidden, or lost.
    @Test func noListIsCutFromAWholeThatLacksRowsItCounts() async throws {
        let transport = ScriptedTransport { path in
            if path.hasPrefix("/shelves") { return .json(#"{"id":"s"}"#) }
            let isFirst = path.contains("page=1&")
            if path.contains("shelf=s") {
                return isFirst
                    ? .json(#"{"data":[{"id":"a","shelf":"s"},{"id":"b","shelf":"s"}],"count":3}"#) : .status(404, "")
            }
            if path.contains("page=2&") { return .json(#"{"data":[],"count":127}"#) }
            return isFirst
                ? .json(#"{"data":[{"id":"a","shelf":"s"},{"id":"c","shelf":"t"}],"count":127}"#) : .status(404, "")
        }
        let harness = try UpstreamHarness(Self.shelves, transport: transport)
        let whole = try await harness.run("{ rows(first: 1000) { nodes { id } totalCount } }")
        #expect(whole["data"]?["rows"] == ["nodes": [["id": "a"], ["id": "c"]], "totalCount": 2])
        #expect(whole["errors"]?.arrayValue?.count == 1)
        let shelf = try await harness.run(#"{ shelf(id: "s") { rows(first: 1000) { nodes { id } totalCount } } }"#)
        #expect(shelf["data"]?["shelf"]?["rows"]?["nodes"] == [["id": "a"], ["id": "b"]])
        #expect(shelf["data"]?["shelf"]?["rows"]?["totalCount"] == 2)
    }

    /// A text among its rows makes the first page longer than it was asked to be: it is none of those that are counted.
    @Test func noListIsCutFromAWholeWithATextInPlaceOfARow() async throws {
        let transport = ScriptedTransport { path in
            if path.hasPrefix("/shelves") { return .json(#"{"id":"s"}"#) }
            if path.contains("shelf=s") {
                return .json(#"{"data":[{"id":"r0","shelf":"s"},{"id":"r100","shelf":"s"}],"count":2}"#)
            }
            guard path.contains("page=1&") else { return .json(#"{"data":[],"count":101}"#) }
            let rows = (0..<100).map { #"{"id":"r\#($0)","shelf":"\#($0 == 0 ? "s" : "t")"}"# }
            return .json(#"{"data":["text",\#(rows.joined(separator: ","))],"count":101}"#)
        }
        let harness = try UpstreamHarness(Self.shelves, transport: transport)
        _ = try await harness.run("{ rows(first: 1000) { nodes { id } } }")
        let shelf = try await harness.run(#"{ shelf(id: "s") { rows(first: 1000) { nodes { id } totalCount } } }"#)
        #expect(
            shelf == ["data": ["shelf": ["rows": ["nodes": [["id": "r0"], ["id": "r100"]], "totalCount": 2]]]]
        )
    }

    /// Lists are cut from all rows, of which the upstream counts those that are objects.
    @Test(arguments: ["null", #""text""#])
    func listsThatAreCutCountNoRowThatIsNoObject(surplus: String) async throws {
        let sdl = """
            schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page") { query: Query }
            type Query { rows(first: Int, color: String): RowConnection @rest(list: "/rows{?color}", equals: ["color"]) }
            type Row @entity(get: "/rows/{id}", list: "/rows") { id: ID! }
            type RowConnection { nodes: [Row!]! pageInfo: PageInfo! totalCount: Int }
            type PageInfo { hasNextPage: Boolean! }
            """
        let colors = ["red", "blue", "green", "white", "black", "gray", "pink"]
        let transport = ScriptedTransport { path in
            guard path.contains("page=1&") else { return .json(#"{"data":[],"count":8}"#) }
            let rows = (0..<8).map { #"{"id":"r\#($0)","color":"\#(colors[$0 % 7])"}"# }
            let first = rows.prefix(1) + [surplus] + rows.dropFirst()
            return .json(#"{"data":[\#(first.joined(separator: ","))],"count":8}"#)
        }
        let lists = colors.map { "\($0): rows(color: \"\($0)\") { totalCount }" }.joined(separator: " ")
        let json = try await UpstreamHarness(sdl, transport: transport).run("{ all: rows { totalCount } \(lists) }")
        let totals = (["all"] + colors).map { json["data"]?[$0]?["totalCount"] }
        #expect(totals == [8, 2, 1, 1, 1, 1, 1, 1])
        #expect(transport.paths.count == 1)
    }

    /// The rows and the counts that a walk over the list shows.
    private func walk(
        _ response: @escaping @Sendable (String) -> ScriptedTransport.Outcome
    ) async throws -> (ids: [String], totals: [JSONValue?]) {
        let harness = try UpstreamHarness(Self.sdl, transport: ScriptedTransport { response($0) })
        var (shown, totals): ([String], [JSONValue?]) = ([], [])
        var after = ""
        repeat {
            let query = "{ rows(first: 40\(after)) { nodes { id } totalCount pageInfo { hasNextPage endCursor } } }"
            let result = try await harness.run(query)
            #expect(result["errors"] == nil)
            let rows = result["data"]?["rows"]
            totals.append(rows?["totalCount"])
            shown += ids(rows?["nodes"])
            let end = rows?["pageInfo"]?["hasNextPage"] == true ? rows?["pageInfo"]?["endCursor"]?.stringValue : nil
            after = end.map { ", after: \"\($0)\"" } ?? ""
        } while !after.isEmpty && shown.count < 1000
        return (shown, totals)
    }

    /// The upstream does not page: each page has all rows.
    @Test func rowsOfPagesThatHaveAllRowsAreNotAddedUp() async throws {
        let all = #"{"data":[\#(Self.rows(0..<350))]}"#
        let walk = try await walk { _ in .json(all) }
        #expect(walk.ids == (0..<350).map { "r\($0)" })
        #expect(walk.totals.allSatisfy { $0 == 350 || $0 == .null })
    }

    @Test func aWalkEndsWithoutThePageThatProvesTheEnd() async throws {
        let walk = try await walk { path in
            if path.contains("page=3&") { return .status(422, "") }
            return Self.page(path.contains("page=2&") ? 2 : 1, of: 200, #","count":200"#)
        }
        #expect(walk.ids == (0..<200).map { "r\($0)" })
        #expect(walk.totals.allSatisfy { $0 == 200 })
    }

    @Test(arguments: [
        ("null", true), ("false", true), (#""""#, true), ("0", true), (#""2026-01-01""#, false), ("true", false),
    ])
    func aRowThatHasNoTimeOfDeletionIsShown(mark: String, isShown: Bool) async throws {
        let list = try await run("{ all { id } }") { _ in
            .json(#"{"data":[{"id":"a","deleted_at":\#(mark)}],"count":1}"#)
        }
        #expect(ids(list.data) == (isShown ? ["a"] : []))
    }
}
