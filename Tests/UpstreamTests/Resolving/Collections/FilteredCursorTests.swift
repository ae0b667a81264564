import JSON
import Testing
import Upstream

/// A cursor of a long list in a list of other filters, which has fewer pages than the place that the cursor names.
@Suite struct FilteredCursorTests {
    private static let sdl = """
        schema
          @upstream(
            items: "data", total: "count", page: "page", perPage: "size", maxPerPage: 10
            sort: "sort", order: "order", defaultSort: "created", defaultOrder: "desc"
          ) { query: Query }
        type Query {
          books(first: Int, after: String, last: Int, before: String, page: Int, perPage: Int, shelf: Int): Books
            @rest(list: "/books{?shelf}")
        }
        type Books { nodes: [Book!]! pageInfo: PageInfo! totalCount: Int }
        type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! endCursor: String }
        type Book @entity(get: "/books/{id}") { id: ID! created: Int }
        """

    /// The response to a page past the end.
    enum Past: String, CaseIterable {
        case noContent, notFound, refused, empty, null
    }

    /// 400 books, newest first; every fortieth is on a shelf.
    private static func transport(_ past: Past, isCounted: Bool) -> ScriptedTransport {
        ScriptedTransport { path in
            func number(_ name: String) -> Int? {
                path.split(separator: "\(name)=").dropFirst().first.flatMap { Int($0.prefix { $0 != "&" }) }
            }
            let all = (1...400).reversed().filter { book in number("shelf").map { book % 40 == $0 } ?? true }
            let rows = all.dropFirst(((number("page") ?? 1) - 1) * 10).prefix(10)
            let text = rows.map { #"{"id":"\#($0)","created":\#($0)}"# }.joined(separator: ",")
            let count = isCounted ? #","count":\#(rows.isEmpty ? 0 : all.count)"# : ""
            guard rows.isEmpty else { return .json(#"{"data":[\#(text)]\#(count)}"#) }
            return switch past {
            case .noContent: .status(204, "")
            case .notFound: .status(404, "")
            case .refused: .status(400, "")
            case .empty: .json(#"{"data":[]\#(count)}"#)
            case .null: .json(#"{"data":null\#(count)}"#)
            }
        }
    }

    /// A cursor of book 15, on the second to last of 40 pages.
    private static func cursor(_ harness: UpstreamHarness) async throws -> String {
        let response = try await harness.run("{ books(page: 77, perPage: 5) { pageInfo { endCursor } } }")
        let cursor = try #require(response["data"]?["books"]?["pageInfo"]?["endCursor"]?.stringValue)
        return "\"\(cursor)\""
    }

    @Test(arguments: Past.allCases, [true, false])
    func aPlaceBehindTheEndIsFoundInFewCalls(past: Past, isCounted: Bool) async throws {
        let transport = Self.transport(past, isCounted: isCounted)
        for (arguments, shown) in [
            ("last: 1, before:", ["47"]), ("last: 3, before:", ["127", "87", "47"]), ("first: 3, after:", ["7"]),
        ] {
            let harness = try UpstreamHarness(Self.sdl, transport: transport)
            let cursor = try await Self.cursor(harness)
            let calls = transport.paths.count
            let response = try await harness.run("{ books(shelf: 7, \(arguments) \(cursor)) { nodes { id } } }")
            #expect(response["errors"] == nil)
            let ids = response["data"]?["books"]?["nodes"]?.arrayValue?.compactMap { $0["id"]?.stringValue }
            #expect(ids == shown, "\(arguments)")
            #expect(transport.paths.count - calls <= (isCounted ? 4 : 9), "\(arguments)")
        }
    }
}
