import BaseEncodings
import JSON
import Testing

@testable import Upstream

/// Where a row that a cursor names stands among others, or would stand.
@Suite struct AnchorSearchTests {
    /// Rows with their values, and what is looked for among them.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let rows: [(key: String, value: Int?)]
        var key = "x"
        var value: JSONValue? = 50
        var preceding: [String] = []
        var following: [String] = []
        var isEnd = false
        var mayBeEarlier = false
        var mayBeLater = false
        let result: AnchorSearch.Result
    }

    private static func at(_ index: Int) -> RowPosition { RowPosition(page: 1, index: index) }

    static let cases: [Case] = [
        Case(testDescription: "there", rows: [("a", 10), ("x", 50), ("b", 90)], result: .found(at(1))),
        Case(testDescription: "there twice", rows: [("x", 50), ("a", 60), ("x", 50)], result: .found(at(0))),
        Case(testDescription: "gone", rows: [("a", 10), ("b", 40), ("c", 60)], result: .gone(at(2))),
        Case(
            testDescription: "moved behind others, as its value is another",
            rows: [("a", 10), ("b", 40), ("c", 60), ("x", 90)],
            result: .gone(at(2))
        ),
        Case(
            testDescription: "moved before others, as its value is another",
            rows: [("x", 5), ("a", 10), ("b", 40), ("c", 60)],
            mayBeLater: true,
            result: .gone(at(3))
        ),
        Case(
            testDescription: "there, where no order shows",
            rows: [("a", 40), ("x", 10), ("c", 60)],
            result: .found(at(1))
        ),
        Case(testDescription: "gone, descending", rows: [("c", 60), ("b", 40), ("a", 10)], result: .gone(at(1))),
        Case(testDescription: "gone from the end", rows: [("a", 10), ("b", 40)], result: .gone(at(2))),
        Case(
            testDescription: "behind rows without a value, ascending",
            rows: [("a", nil), ("b", nil)],
            mayBeLater: true,
            result: .later
        ),
        Case(
            testDescription: "between rows without a value and later ones, ascending",
            rows: [("a", nil), ("b", nil), ("c", 40), ("d", 60)],
            result: .gone(at(3))
        ),
        Case(
            testDescription: "before rows without a value at the end, ascending",
            rows: [("c", 60), ("b", 40), ("a", nil)],
            value: 20,
            result: .gone(at(2))
        ),
        Case(
            testDescription: "nothing but rows without a value",
            rows: [("a", nil), ("b", nil)],
            result: .gone(at(0))
        ),
        Case(testDescription: "later", rows: [("a", 10), ("b", 40)], mayBeLater: true, result: .later),
        Case(testDescription: "gone from the front", rows: [("a", 60), ("b", 70)], result: .gone(at(0))),
        Case(testDescription: "earlier", rows: [("a", 60), ("b", 70)], mayBeEarlier: true, result: .earlier),
        Case(
            testDescription: "gone, the first of its value",
            rows: [("a", 10), ("b", 50), ("c", 50)],
            result: .gone(at(1))
        ),
        Case(
            testDescription: "gone, behind others of its value",
            rows: [("a", 10), ("b", 50), ("c", 50), ("d", 60)],
            preceding: ["b"],
            result: .gone(at(2))
        ),
        Case(
            testDescription: "gone, before others of its value",
            rows: [("a", 10), ("b", 50), ("c", 50), ("d", 60)],
            following: ["c"],
            isEnd: true,
            result: .gone(at(2))
        ),
        Case(
            testDescription: "gone, the last of its value",
            rows: [("a", 10), ("b", 50), ("c", 50), ("d", 60)],
            isEnd: true,
            result: .gone(at(3))
        ),
        Case(
            testDescription: "moved before the rows that it followed",
            rows: [("a", 10), ("x", 50), ("b", 50), ("c", 50), ("d", 50), ("e", 60)],
            preceding: ["c", "b"],
            following: ["d"],
            result: .gone(at(4))
        ),
        Case(
            testDescription: "moved behind the rows that followed it",
            rows: [("a", 10), ("b", 50), ("c", 50), ("d", 50), ("x", 50), ("e", 60)],
            preceding: ["b"],
            following: ["c", "d"],
            isEnd: true,
            result: .gone(at(2))
        ),
        Case(
            testDescription: "there, although a row that it followed has moved",
            rows: [("a", 10), ("b", 50), ("x", 50), ("c", 50), ("d", 50)],
            preceding: ["c", "b"],
            following: ["d"],
            result: .found(at(2))
        ),
        Case(
            testDescription: "there, as one other row alone does not show which has moved",
            rows: [("a", 10), ("x", 50), ("b", 50), ("e", 60)],
            preceding: ["b"],
            result: .found(at(1))
        ),
        Case(testDescription: "no order", rows: [("a", 40), ("b", 10), ("c", 60)], result: .unknown),
        Case(
            testDescription: "no order, behind a neighbor",
            rows: [("a", 40), ("b", 10), ("c", 60)],
            preceding: ["z", "b"],
            result: .gone(at(2))
        ),
        Case(testDescription: "no value", rows: [("a", nil), ("b", nil)], value: nil, result: .unknown),
        Case(testDescription: "no rows", rows: [], result: .gone(at(0))),
        Case(testDescription: "no rows yet", rows: [], mayBeEarlier: true, result: .earlier),
        Case(testDescription: "composed", rows: [("e\u{301}", 50)], key: "\u{e9}", result: .gone(at(0))),
    ]

    @Test(arguments: cases) func findsTheAnchorsRow(expected: Case) {
        var anchor = RowAnchor(offset: 1)
        anchor.key = OpaqueText(expected.key)
        anchor.value = expected.value
        anchor.preceding = expected.preceding.map { OpaqueText($0) }
        anchor.following = expected.following.map { OpaqueText($0) }
        let order = RowOrder(member: "created", isDescending: false)
        let search = AnchorSearch(anchor: anchor, order: order, isEnd: expected.isEnd)
        let rows = expected.rows.enumerated().map { index, row in
            AnchorSearch.Row(
                position: Self.at(index),
                key: OpaqueText(row.key),
                value: SortKey(row.value.map { .integer($0) })
            )
        }
        let result = search.search(
            rows,
            end: Self.at(rows.count),
            mayBeEarlier: expected.mayBeEarlier,
            mayBeLater: expected.mayBeLater
        )
        #expect(result == expected.result)
    }

    /// What a client sends is read back, or refused.
    @Test func aCursorOfARowIsReadBack() {
        var anchor = RowAnchor(offset: 41)
        anchor.key = OpaqueText("task_1")
        anchor.value = "2026-04-23T12:34:56Z"
        anchor.pageSize = 50
        anchor.preceding = [OpaqueText("task_2"), OpaqueText("e\u{301}")]
        anchor.following = [OpaqueText("task_0")]
        let cursors: [PageCursor] = [
            .row(anchor), .rows(["acme": anchor, "globex": RowAnchor(offset: 3)], last: "acme"),
            .rows(["acme": RowAnchor(offset: 3)], last: nil),
        ]
        for cursor in cursors { #expect(PageCursor(text: cursor.text) == cursor) }
    }

    @Test(arguments: [
        "at:", "at:{}", "at:[1]", #"at:{"o":-1}"#, #"at:{"o":1,"k":2}"#, #"at:{"o":1,"v":[]}"#, #"at:{"o":1,"s":0}"#,
        #"at:{"o":1,"p":"a"}"#, #"at:{"o":4000000000}"#, "merged:{}", "merged:[{}]", #"merged:[{"a":1},null]"#,
    ]) func malformedCursorIsRejected(text: String) {
        #expect(PageCursor(text: Base64.url.encode(Array(text.utf8))) == nil)
    }
}
