import GraphQL
import JSON
import Testing

@testable import Upstream

/// Lists of several workspaces whose rows lack the member that they are sorted by: null, or not shown in a list.
@Suite struct MergedSummaryTests {
    private static let sdl = """
        schema
          @upstream(
            items: "data", total: "count", page: "page", perPage: "size", maxPerPage: 4
            sort: "sort", order: "order", defaultSort: "due", defaultOrder: "asc"
          ) { query: Query }
        type Query { books(last: Int, first: Int, sort: String, order: String): Books @rest(list: "/books{?sort,order}") }
        type Books { nodes: [Book!]! pageInfo: PageInfo! }
        type PageInfo { hasNextPage: Boolean! }
        type Book @entity(get: "/books/{id}", list: "/books") { id: ID! }
        """

    /// A book without a date has null, which rows of lists leave out; they leave out the text too, so that none is whole.
    private struct Book {
        let id: String
        var due: Int?
        var isGone = false
        var fails = false
    }

    /// Reads books of the workspaces `a`, whose rows show their dates, and `b`.
    private func run(
        _ arguments: String,
        showsDates: Bool = true,
        _ books: [Book]
    ) async throws -> (response: JSONValue, objects: [String]) {
        let transport = ScriptedTransport { path in
            guard path.hasPrefix("/b/") else {
                return .json(#"{"data":[{"id":"a1","due":1},{"id":"a2"}],"count":2}"#)
            }
            guard let book = books.first(where: { path == "/b/books/\($0.id)" }) else {
                let page = path.contains("page=2") ? books.dropFirst(4) : books.prefix(4)
                let rows = page.map { book in
                    #"{"id":"\#(book.id)"\#(book.due.map { showsDates ? #","due":\#($0)"# : "" } ?? "")}"#
                }
                return .json(#"{"data":[\#(rows.joined(separator: ","))],"count":\#(books.count)}"#)
            }
            if book.isGone { return .status(404, "") }
            if book.fails { return .status(403, "") }
            return .json(#"{"id":"\#(book.id)","due":\#(book.due.map { "\($0)" } ?? "null"),"text":"t"}"#)
        }
        let bound = try BoundSchema(Self.sdl)
        try #require(bound.errors == [])
        let workspaces = ["a", "b"].enumerated().map { index, slug in
            Workspace(
                index: index,
                slug: slug,
                client: UpstreamClient(baseURL: "\(ScriptedTransport.baseURL)/\(slug)/", transport: transport),
                conventions: bound.table.conventions,
                now: { CallBroker.frozenTime }
            )
        }
        let session = CallSession(
            broker: CallBroker(workspaces: workspaces, now: { CallBroker.frozenTime }),
            context: CallContext(
                credentials: workspaces.map { _ in Credential(authorization: nil) },
                deadline: CallBroker.frozenTime + .seconds(30),
                caller: CallerID("test")
            )
        )
        let response = try await bound.run("{ books(\(arguments)) { nodes { id } } }", for: session).response
        return (response, transport.paths.filter { !$0.contains("?") })
    }

    private func ids(_ response: JSONValue) -> [String?] {
        (response["data"]?["books"]?["nodes"]?.arrayValue ?? []).map { $0["id"]?.stringValue }
    }

    private func codes(_ response: JSONValue) -> [JSONValue?] {
        (response["errors"]?.arrayValue ?? []).map { $0["extensions"]?["code"] }
    }

    @Test func rowsWhoseFirstAndLastObjectsHaveNoValueComeLast() async throws {
        let (response, objects) = try await run("first: 10", ["b1", "b2", "b3"].map { Book(id: $0) })
        #expect(codes(response) == [])
        #expect(ids(response) == ["a1", "a2", "b1", "b2", "b3"])
        #expect(objects == ["/b/books/b1", "/b/books/b3"])
    }

    @Test func anotherRowOfTheResponseShowsThatNullsAreLeftOut() async throws {
        let books = [Book(id: "b1", due: 2), Book(id: "b2"), Book(id: "b3")]
        let (response, objects) = try await run("last: 3", books)
        #expect(codes(response) == [])
        #expect(ids(response) == ["a2", "b2", "b3"])
        #expect(objects.isEmpty)
    }

    @Test(arguments: [[2, nil, nil], [2, 3, 4], [nil, nil, 4]])
    func rowsThatLackValuesOfObjectsAreRefused(values: [Int?]) async throws {
        let books = values.enumerated().map { Book(id: "b\($0)", due: $1) }
        let (response, _) = try await run("first: 10", showsDates: false, books)
        #expect(response["data"] == ["books": .null])
        #expect(codes(response) == ["BAD_USER_INPUT"])
    }

    @Test func nextObjectIsReadIfTheFirstIsGone() async throws {
        let books = [Book(id: "b1", isGone: true), Book(id: "b2", due: 3), Book(id: "b3")]
        let (response, objects) = try await run("first: 10", showsDates: false, books)
        #expect(codes(response) == ["BAD_USER_INPUT"])
        #expect(objects == ["/b/books/b1", "/b/books/b2"])
    }

    /// Its value may be any: the order would be a guess.
    @Test func anObjectThatCannotBeReadIsAnError() async throws {
        let (response, _) = try await run("first: 10", [Book(id: "b1", fails: true), Book(id: "b2")])
        #expect(response["data"] == ["books": .null])
        #expect(codes(response) == ["FORBIDDEN"])
        #expect(response["errors"]?.arrayValue?.first?["extensions"]?["workspace"] == "b")
    }
}
