import GraphQL
import JSON
import Testing

@testable import Upstream

/// What a write means for a cached page of a list: nothing, a correction that follows from it, or a new call.
@Suite struct CachedListPageTests {
    /// The outcome for a page.
    enum Outcome: Equatable, CustomStringConvertible {
        case same
        case stale
        case corrected(String)

        var description: String {
            switch self {
            case .same: "same"
            case .stale: "stale"
            case .corrected(let body): body
            }
        }
    }

    /// A page, a write, and the outcome for the page.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var path = "/books?shelf=1&sort=added&order=desc"
        var page = Self.twoBooks
        /// The most rows of the page, if it is the first one.
        var capacity: Int? = 100
        var kind = ObjectChange.Kind.updated
        var key: String? = "b"
        var before: String?
        var after: String?
        var mayShow = true
        let outcome: Outcome

        static let twoBooks = page([book("b", "1", 2, "T"), book("a", "1", 1, "T")])

        static func page(_ books: [String], count: Int? = nil) -> String {
            #"{"data":[\#(books.joined(separator: ","))],"count":\#(count ?? books.count),"error":null}"#
        }

        static func book(_ id: String, _ shelf: String, _ added: Int, _ title: String) -> String {
            #"{"id":"\#(id)","shelf":"\#(shelf)","added":"2026-01-0\#(added)T00:00:00Z","title":"\#(title)"}"#
        }
    }

    static let cases: [Case] = {
        let book = Case.book
        let page = { Case.page($0, count: nil) }
        func new(_ id: String, _ added: Int, _ title: String = "new") -> String { book(id, "1", added, title) }
        return [
            Case(
                testDescription: "a changed title is shown in place",
                after: new("b", 2),
                outcome: .corrected(page([new("b", 2), book("a", "1", 1, "T")]))
            ),
            Case(
                testDescription: "a book that has left the shelf leaves the list",
                after: book("b", "2", 2, "T"),
                outcome: .corrected(page([book("a", "1", 1, "T")]))
            ),
            Case(
                testDescription: "another key must not see the response",
                after: new("b", 2),
                mayShow: false,
                outcome: .stale
            ),
            Case(testDescription: "nobody knows the book as it is now", outcome: .stale),
            Case(
                testDescription: "the response lacks a member that the row has",
                after: #"{"id":"b","shelf":"1","added":"2026-01-02T00:00:00Z"}"#,
                outcome: .stale
            ),
            Case(
                testDescription: "members that no row has are left out, as the other rows would seem to lack them",
                after: #"{"id":"b","shelf":"1","added":"2026-01-02T00:00:00Z","notes":["x"],"title":"new"}"#,
                outcome: .corrected(page([new("b", 2), book("a", "1", 1, "T")]))
            ),
            Case(
                testDescription: "no row has a member that the book has, which may be null in all of them and left out",
                after: #"{"id":"b","shelf":"1","added":"2026-01-02T00:00:00Z","color":"red","title":"new"}"#,
                outcome: .stale
            ),
            Case(
                testDescription: "rows that have nulls leave none out",
                page: page([
                    #"{"id":"b","shelf":"1","added":"2026-01-02T00:00:00Z","title":null}"#, book("a", "1", 1, "T"),
                ]),
                after: #"{"id":"b","shelf":"1","added":"2026-01-02T00:00:00Z","color":"red","title":"new"}"#,
                outcome: .corrected(page([new("b", 2), book("a", "1", 1, "T")]))
            ),
            Case(
                testDescription: "a null that no row has is left out",
                after: #"{"id":"b","shelf":"1","added":"2026-01-02T00:00:00Z","color":null,"title":"new"}"#,
                outcome: .corrected(page([new("b", 2), book("a", "1", 1, "T")]))
            ),
            Case(
                testDescription: "rows of another value than the filter's: it may stand for several",
                path: "/books?shelf=all&sort=added&order=desc",
                after: book("b", "2", 2, "T"),
                outcome: .stale
            ),
            Case(
                testDescription:
                    "a new book in place of a list without rows, whose filter may stand for several values",
                path: "/books?shelf=all&sort=added&order=desc",
                page: page([]),
                kind: .created,
                key: "c",
                after: book("c", "2", 3, "T"),
                outcome: .stale
            ),
            Case(
                testDescription: "a list without rows of a parent",
                path: "/books?owner=1&sort=added&order=desc",
                page: page([]),
                kind: .created,
                key: "c",
                after: #"{"id":"c","owner":"2"}"#,
                outcome: .same
            ),
            Case(
                testDescription: "a count that is a text",
                page: Case.twoBooks.replacing("\"count\":2", with: "\"count\":\"2\""),
                after: book("b", "2", 2, "T"),
                outcome: .corrected(page([book("a", "1", 1, "T")]).replacing("\"count\":1", with: "\"count\":\"1\""))
            ),
            Case(
                testDescription: "members that another row has are shown",
                page: page([
                    #"{"id":"b","shelf":"1","added":"2026-01-02T00:00:00Z"}"#, book("a", "1", 1, "T"),
                ]),
                after: new("b", 2),
                outcome: .corrected(page([new("b", 2), book("a", "1", 1, "T")]))
            ),
            Case(
                testDescription: "a new book has the members of the rows",
                kind: .created,
                key: "c",
                after: #"{"notes":["x"],"id":"c","shelf":"1","added":"2026-01-03T00:00:00Z","title":"new"}"#,
                outcome: .corrected(page([new("c", 3), book("b", "1", 2, "T"), book("a", "1", 1, "T")]))
            ),
            Case(
                testDescription: "the response lacks the member of the filter",
                after: #"{"id":"b","added":"2026-01-02T00:00:00Z","title":"x"}"#,
                outcome: .stale
            ),
            Case(
                testDescription: "the book moves in the order",
                key: "a",
                after: new("a", 3),
                outcome: .corrected(page([new("a", 3), book("b", "1", 2, "T")]))
            ),
            Case(
                testDescription: "the order is not known",
                path: "/books?shelf=1",
                after: new("b", 2),
                outcome: .stale
            ),
            Case(
                testDescription: "a filter is not understood",
                path: "/books?shelf=1&late=true&sort=added",
                after: new("b", 2),
                outcome: .stale
            ),
            Case(testDescription: "a book of another shelf", key: "x", after: book("x", "2", 5, "T"), outcome: .same),
            Case(testDescription: "a book of another shelf that nobody knows", key: "x", outcome: .stale),
            Case(
                testDescription: "a book comes from another shelf",
                key: "c",
                before: book("c", "2", 3, "T"),
                after: book("c", "1", 3, "T"),
                outcome: .corrected(page([book("c", "1", 3, "T"), book("b", "1", 2, "T"), book("a", "1", 1, "T")]))
            ),
            Case(
                testDescription: "a book comes from nobody knows where",
                key: "c",
                after: new("c", 3),
                outcome: .stale
            ),
            Case(
                testDescription: "a new book",
                kind: .created,
                key: "c",
                after: new("c", 3),
                outcome: .corrected(page([new("c", 3), book("b", "1", 2, "T"), book("a", "1", 1, "T")]))
            ),
            Case(
                testDescription: "a new book of the same time as another",
                kind: .created,
                key: "c",
                after: new("c", 2),
                outcome: .stale
            ),
            Case(
                testDescription: "a new book of another shelf",
                kind: .created,
                key: "c",
                after: book("c", "2", 3, "T"),
                outcome: .same
            ),
            Case(testDescription: "a new book that nobody knows", kind: .created, key: nil, outcome: .stale),
            Case(
                testDescription: "a new book without a key of another shelf",
                kind: .created,
                key: nil,
                after: #"{"shelf":"2"}"#,
                outcome: .same
            ),
            Case(testDescription: "a deleted book of the list", kind: .deleted, outcome: .stale),
            Case(
                testDescription: "a deleted book that is not in the list",
                kind: .deleted,
                key: "x",
                before: book("x", "3", 5, "T"),
                outcome: .same
            ),
            Case(testDescription: "a deleted book that nobody knows", kind: .deleted, key: "x", outcome: .stale),
            Case(
                testDescription: "a title where rows have the same sort value",
                path: "/books?shelf=1&sort=title&order=asc",
                after: new("b", 2, "T"),
                outcome: .stale
            ),
            Case(
                testDescription: "the last row of a list",
                page: page([book("b", "1", 2, "T")]),
                after: book("b", "2", 2, "T"),
                outcome: .corrected(page([]))
            ),
            // Pages of longer lists.
            Case(
                testDescription: "a changed title on one page of several",
                capacity: nil,
                after: new("b", 2),
                outcome: .corrected(page([new("b", 2), book("a", "1", 1, "T")]))
            ),
            Case(
                testDescription: "a row leaves one page of several",
                capacity: nil,
                after: book("b", "2", 2, "T"),
                outcome: .stale
            ),
            Case(testDescription: "a full page", capacity: 2, after: book("b", "2", 2, "T"), outcome: .stale),
            Case(
                testDescription: "more rows are counted than shown",
                page: Case.page([book("b", "1", 2, "T")], count: 9),
                after: book("b", "2", 2, "T"),
                outcome: .stale
            ),
            Case(
                testDescription: "a title on another page",
                capacity: nil,
                key: "x",
                before: book("x", "1", 5, "T"),
                after: new("x", 5),
                outcome: .same
            ),
            Case(
                testDescription: "another key has written a row of another page, which may have come into sight",
                capacity: nil,
                key: "x",
                before: book("x", "1", 5, "T"),
                after: new("x", 5),
                mayShow: false,
                outcome: .stale
            ),
            Case(
                testDescription: "a row moves on other pages",
                capacity: nil,
                key: "x",
                before: book("x", "1", 5, "T"),
                after: new("x", 6),
                outcome: .stale
            ),
            Case(
                testDescription: "a row leaves another page",
                capacity: nil,
                key: "x",
                before: book("x", "1", 5, "T"),
                after: book("x", "2", 5, "T"),
                outcome: .stale
            ),
            Case(
                testDescription: "a row that was on no page",
                capacity: nil,
                key: "x",
                before: book("x", "3", 5, "T"),
                after: book("x", "2", 5, "T"),
                outcome: .same
            ),
            Case(
                testDescription: "a deleted row of another page",
                capacity: nil,
                kind: .deleted,
                key: "x",
                outcome: .stale
            ),
            Case(
                testDescription: "a deleted row of another list",
                capacity: nil,
                kind: .deleted,
                key: "x",
                before: book("x", "3", 5, "T"),
                outcome: .same
            ),
        ]
    }()

    @Test(arguments: cases) func aWriteLeavesCorrectsOrEndsAPage(test: Case) throws {
        var meanings = ListParameters()
        meanings.equalities = ["shelf": "shelf", "owner": "owner"]
        meanings.keys = ["owner"]
        meanings.sort = "sort"
        meanings.order = "order"
        let json = try JSONDocument(parsing: Array(test.page.utf8))
        let page = CachedListPage(
            json,
            list: try #require(json.member("data", of: 0)),
            ListSelection(path: test.path, meanings),
            CachedListPage.Envelope(items: "data", total: "count"),
            key: "id",
            capacity: test.capacity,
            isDetailOnly: { $0 == "notes" }
        )
        func snapshot(_ text: String?) throws -> ObjectChange.Snapshot? {
            try text.map { ObjectChange.Snapshot(json: try JSONDocument(parsing: Array($0.utf8)), node: 0) }
        }
        let change = ObjectChange(
            kind: test.kind,
            type: TypeID(index: 0),
            key: test.key.map { JSONKey($0) },
            before: try snapshot(test.before),
            after: try snapshot(test.after)
        )
        let outcome: Outcome =
            switch page.effect(of: change, mayShow: test.mayShow) {
            case .none: .same
            case .stale: .stale
            case .corrected(let json): .corrected(String(decoding: json.bytes, as: UTF8.self))
            }
        #expect(outcome == test.outcome)
    }
}
