import JSON
import Testing

@testable import Upstream

/// A cursor is of one order: in another one it has no place.
@Suite struct CursorOrderTests {
    /// The error that a cursor of another order gets.
    private func refusal(_ argument: String, path: String = "rows") -> JSONValue {
        let message =
            "The cursor in `\(argument)` is of a list in another order; pass one that this field gave in the same order."
        return [["message": .string(message), "path": [.string(path)], "extensions": ["code": "BAD_USER_INPUT"]]]
    }

    private func withoutLocations(_ errors: JSONValue?) -> JSONValue? {
        guard case .array(let errors)? = errors else { return errors }
        return .array(
            errors.map { error in
                guard case .object(var object) = error else { return error }
                object["locations"] = nil
                return .object(object)
            }
        )
    }

    /// Rows of some workspaces that are sorted otherwise by another member, and a cursor in their middle.
    private func upstream(workspaces: Int) async throws -> (rows: MovingRows, cursor: String) {
        let upstream = try MovingRows((0..<workspaces).map { MovingRows.numbered(30, prefix: "w\($0)r") })
        let (first, _) = try await upstream.ask("first: 10, sort: \"created\", order: ASC")
        return (upstream, try #require(first?["pageInfo"]?["endCursor"]?.stringValue))
    }

    @Test(arguments: [1, 3], [#"sort: "id", order: ASC"#, #"sort: "created", order: DESC"#, ""])
    func anotherOrderIsRefused(workspaces: Int, order: String) async throws {
        let (upstream, cursor) = try await upstream(workspaces: workspaces)
        let calls = upstream.transport.paths.count
        for (count, argument) in [("first", "after"), ("last", "before")] {
            let (rows, errors) = try await upstream.ask("\(count): 10, \(argument): \"\(cursor)\", \(order)")
            #expect(rows == .null)
            #expect(withoutLocations(errors) == refusal(argument))
        }
        #expect(upstream.transport.paths.count == calls)
    }

    @Test(arguments: [1, 3])
    func explicitDefaultOrderIsTheSameOrder(workspaces: Int) async throws {
        let (upstream, _) = try await upstream(workspaces: workspaces)
        let (first, _) = try await upstream.ask("first: 10")
        let cursor = try #require(first?["pageInfo"]?["endCursor"]?.stringValue)
        for order in ["", #"sort: "created""#, "order: DESC", #"sort: "created", order: DESC"#] {
            let (rows, errors) = try await upstream.ask("first: 7, after: \"\(cursor)\", \(order)")
            #expect(errors == nil)
            #expect(MovingRows.ids(rows).count == 7)
        }
    }

    /// A place in the order is one in the list of each workspace.
    @Test func cursorIsValidForFewerWorkspaces() async throws {
        let (upstream, cursor) = try await upstream(workspaces: 3)
        let (rows, errors) = try await upstream.ask(
            #"first: 3, after: "\#(cursor)", sort: "created", order: ASC, workspaces: ["w1"]"#
        )
        #expect(errors == nil)
        #expect(MovingRows.ids(rows) == ["w1r3", "w1r4", "w1r5"])
    }

    /// Cursors that do not state their order.
    @Test(arguments: [1, 3])
    func oldCursorsStayValid(workspaces: Int) async throws {
        let (upstream, cursor) = try await upstream(workspaces: workspaces)
        func old(_ anchor: RowAnchor) -> RowAnchor {
            var anchor = anchor
            anchor.order = nil
            return anchor
        }
        let text =
            switch try #require(PageCursor(text: cursor)) {
            case .row(let anchor): PageCursor.row(old(anchor)).text
            case .rows(let anchors, let last): PageCursor.rows(anchors.mapValues { old($0) }, last: last).text
            }
        #expect(text != cursor)
        let order = #"sort: "created", order: ASC"#
        let (rows, errors) = try await upstream.ask("first: 10, after: \"\(text)\", \(order)")
        let (expected, _) = try await upstream.ask("first: 10, after: \"\(cursor)\", \(order)")
        #expect(errors == nil)
        #expect(MovingRows.ids(rows).count == 10)
        #expect(MovingRows.ids(rows) == MovingRows.ids(expected))
    }

    private static let filtered = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "size") { query: Query }
        type Query {
          books(first: Int, after: String, shelf: String, topic: String): Books @rest(list: "/books{?shelf,topic}")
          shelf(id: ID!): Shelf @rest(get: "/shelves/{id}")
        }
        type Shelf @entity(get: "/shelves/{id}") {
          id: ID!
          books(first: Int, after: String, topic: String): Books @rest(list: "/books{?shelf,topic}", by: "shelf")
        }
        type Books { nodes: [Book!]! pageInfo: PageInfo! }
        type PageInfo { endCursor: String }
        type Book @entity(get: "/books/{id}") { id: ID! }
        """

    private func library() throws -> UpstreamHarness {
        try UpstreamHarness(
            Self.filtered,
            transport: ScriptedTransport { path in
                if path.hasPrefix("/shelves/") { return .json(#"{"id":"\#(path.dropFirst(9))"}"#) }
                let rows = (1...9).map { #"{"id":"\#($0)","shelf":"s1"}"# }.joined(separator: ",")
                return .json(#"{"data":[\#(rows)],"count":9}"#)
            }
        )
    }

    private func cursor(_ harness: UpstreamHarness, _ arguments: String) async throws -> String {
        let response = try await harness.run("{ books(first: 2\(arguments)) { pageInfo { endCursor } } }")
        return try #require(response["data"]?["books"]?["pageInfo"]?["endCursor"]?.stringValue)
    }

    @Test(arguments: [
        ("", #", shelf: "a""#), (#", shelf: "a""#, #", shelf: "b""#), (#", shelf: "a""#, #", topic: "a""#),
    ])
    func cursorIsValidWithOtherFilters(first: String, second: String) async throws {
        let harness = try library()
        let cursor = try await cursor(harness, first)
        let response = try await harness.run("{ books(first: 2, after: \"\(cursor)\"\(second)) { nodes { id } } }")
        #expect(response == ["data": ["books": ["nodes": [["id": "3"], ["id": "4"]]]]])
    }

    /// One cursor is an argument of the lists of all parents.
    @Test func cursorIsValidForAnotherParentsList() async throws {
        let harness = try library()
        let query = "books(first: 2, after: AFTER) { nodes { id } pageInfo { endCursor } }"
        func books(of shelf: String, after cursor: String) async throws -> JSONValue? {
            let books = query.replacing("AFTER", with: cursor)
            return try await harness.run("{ shelf(id: \"\(shelf)\") { \(books) } }")["data"]?["shelf"]?["books"]
        }
        let first = try await books(of: "s1", after: "null")
        let cursor = try #require(first?["pageInfo"]?["endCursor"]?.stringValue)
        #expect(try await books(of: "s2", after: "\"\(cursor)\"")?["nodes"] == [["id": "3"], ["id": "4"]])
    }
}
