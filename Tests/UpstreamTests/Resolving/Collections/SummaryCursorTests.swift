import GraphQL
import JSON
import Testing

@testable import Upstream

/// Cursors of rows that lack the member by which the upstream sorts them, although the single objects have it.
@Suite struct SummaryCursorTests {
    private static let sdl = """
        schema
          @upstream(
            items: "data", total: "count", page: "page", perPage: "size", maxPerPage: 10
            sort: "sort", order: "order", defaultSort: "due", defaultOrder: "asc"
          ) @cacheControl(maxAge: 60) { query: Query }
        type Query {
          books(first: Int, after: String, last: Int, before: String, order: String): Books @rest(list: "/books{?order}")
        }
        type Books { nodes: [Book!]! pageInfo: PageInfo! }
        type PageInfo { hasNextPage: Boolean! startCursor: String endCursor: String }
        type Book @entity(get: "/books/{id}", list: "/books") { id: ID! due: Int }
        """

    private static let books = ["c", "a", "f", "b", "e", "d"]

    private static let transport = ScriptedTransport { path in
        guard path.contains("?") else {
            let id = path.dropFirst("/books/".count)
            return .json(#"{"id":"\#(id)","due":\#((books.firstIndex(of: String(id)) ?? 0) / 2)}"#)
        }
        let rows = path.contains("desc") ? books.reversed() : books
        return .json(#"{"data":[\#(rows.map { #"{"id":"\#($0)"}"# }.joined(separator: ","))],"count":6}"#)
    }

    @Test(arguments: ["asc", "desc"]) func aWalkShowsEachRowOnce(order: String) async throws {
        let bound = try BoundSchema(Self.sdl)
        try #require(bound.errors == [])
        let session = CallSession(
            broker: CallBroker(
                workspaces: [
                    Workspace(
                        index: 0,
                        slug: "main",
                        client: UpstreamClient(baseURL: ScriptedTransport.baseURL, transport: Self.transport),
                        conventions: bound.table.conventions,
                        now: { CallBroker.frozenTime }
                    )
                ],
                now: { CallBroker.frozenTime }
            ),
            context: CallContext(
                credentials: [Credential(authorization: nil)],
                deadline: CallBroker.frozenTime + .seconds(30),
                caller: CallerID("test")
            )
        )
        let expected = order == "asc" ? Self.books : Self.books.reversed()
        for isForward in [true, false] {
            var (shown, cursor) = ([String](), "")
            repeat {
                let arguments = (isForward ? "first: 2" : "last: 2") + cursor
                let query =
                    "{ books(order: \"\(order)\", \(arguments)) { nodes { id due } pageInfo { startCursor endCursor } } }"
                let page = try await bound.run(query, for: session).response["data"]?["books"]
                let ids = (page?["nodes"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
                shown = isForward ? shown + ids : ids + shown
                let end = page?["pageInfo"]?[isForward ? "endCursor" : "startCursor"]?.stringValue
                guard !ids.isEmpty, let end else { break }
                cursor = ", \(isForward ? "after" : "before"): \"\(end)\""
            } while shown.count < 20
            #expect(shown == expected, "forward: \(isForward)")
        }
    }
}
