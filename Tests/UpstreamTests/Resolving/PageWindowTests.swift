import BaseEncodings
import GraphQL
import JSON
import Testing

@testable import Upstream

@Suite struct PagingArgumentsTests {
    private func window(_ arguments: JSONObject, total: Int? = nil) throws -> PageWindow? {
        try PagingArguments(arguments, defaultCount: 25).window(slug: "main", total: total)
    }

    private static func cursor(_ offset: Int) -> JSONValue { .string(PageCursor.offset(offset).text) }

    @Test(
        arguments: [
            ([:], 0, 25),
            (["first": 10], 0, 10),
            (["first": 0], 0, 0),
            (["first": .null, "page": .null], 0, 25),
            (["first": 10, "after": cursor(10)], 10, 10),
            (["after": cursor(1)], 1, 25),
            (["first": 5, "after": .string(PageCursor.offsets(["main": 7, "other": 9]).text)], 7, 5),
            (["first": 5, "after": .string(PageCursor.offsets(["other": 9]).text)], 0, 5),
            (["page": 1], 0, 25),
            (["page": 3], 50, 25),
            (["perPage": 10], 0, 10),
            (["page": 3, "perPage": 10], 20, 10),
            (["first": 10_000], 0, 10_000),
            (["last": 10], 50, 10),
            (["last": 100], 0, 60),
            (["last": 10, "before": cursor(41)], 30, 10),
            (["before": cursor(6)], 0, 5),
            (["last": 3, "before": cursor(1)], 0, 0),
        ] as [(JSONObject, Int, Int)]
    )
    func argumentsDetermineTheWindow(arguments: JSONObject, offset: Int, count: Int) throws {
        #expect(try window(arguments, total: 60) == PageWindow(offset: offset, count: count))
    }

    @Test func theEndIsUnknownUntilTheTotalIsKnown() throws {
        #expect(try window(["last": 10]) == nil)
        #expect(try window(["last": 10, "before": Self.cursor(41)]) == PageWindow(offset: 30, count: 10))
    }

    @Test(
        arguments: [
            ["first": 1, "page": 1], ["last": 1, "page": 1], ["before": cursor(2), "perPage": 5],
            ["after": cursor(1), "perPage": 5],
        ] as [JSONObject]
    )
    func severalWaysToPageAreRefused(arguments: JSONObject) {
        let message =
            "Page in one way: with `page` and `perPage`, or with `first`, `after`, `last` and `before`."
        #expect(throws: FieldFailure(.badUserInput, message)) { try window(arguments) }
    }

    @Test(
        arguments: [
            (["first": -1], "The argument `first` must be from 0 to 10000."),
            (["first": 10_001], "The argument `first` must be from 0 to 10000."),
            (["last": -1], "The argument `last` must be from 0 to 10000."),
            (["perPage": 0], "The argument `perPage` must be from 1 to 10000."),
            (["after": ""], "The argument `after` is no cursor; pass one that this field gave."),
            (["before": "cm93OjE!"], "The argument `before` is no cursor; pass one that this field gave."),
        ] as [(JSONObject, String)]
    )
    func invalidPagingArgumentsAreRefused(arguments: JSONObject, message: String) {
        #expect(throws: FieldFailure(.badUserInput, message)) { try window(arguments) }
    }

    @Test(arguments: [0, -1, .min, .max])
    func invalidPageNumberIsRefused(page: Int) {
        #expect(throws: FieldFailure.self) { try window(["page": .integer(page)]) }
    }
}

@Suite struct PageWindowTests {
    @Test(
        arguments: [
            (0, 0, 100, 1...1),
            (0, 25, 100, 1...1),
            (0, 100, 100, 1...1),
            (0, 101, 100, 1...2),
            (0, 250, 100, 1...3),
            (100, 50, 100, 2...2),
            (150, 150, 100, 2...3),
            (80, 40, 100, 1...2),
            (1, 1, 1, 2...2),
        ] as [(Int, Int, Int, ClosedRange<Int>)]
    )
    func aWindowLiesInWholePages(offset: Int, count: Int, size: Int, pages: ClosedRange<Int>) {
        #expect(PageWindow(offset: offset, count: count).pages(of: size) == pages)
    }
}

@Suite struct PageCursorTests {
    @Test(
        arguments: [
            .offset(0), .offset(1), .offset(12_345), .offset(Int(Int32.max) - 1), .offsets([:]), .offsets(["acme": 0]),
            .offsets(["acme": 100, "globex": 7, "a-b_c": 12]),
        ] as [PageCursor]
    )
    func aCursorIsReadBack(cursor: PageCursor) {
        #expect(PageCursor(text: cursor.text) == cursor)
    }

    /// Cursors that clients have stored must stay readable.
    @Test func aCursorsTextStaysTheSame() {
        #expect(PageCursor.offset(41).text == "cm93OjQx")
        #expect(PageCursor.offsets(["b": 2, "a": 1]).text == PageCursor.offsets(["a": 1, "b": 2]).text)
    }

    @Test(
        arguments: [
            "", "row:1", "cm93", "cm93Og", "cm93Oi0x", "cm93OjIxNDc0ODM2NDc", "cm93OjQx=", "Q",
            Base64.url.encode(Array("rows:a".utf8)), Base64.url.encode(Array("rows:a=-1".utf8)),
        ]
    )
    func malformedCursorIsRejected(text: String) {
        #expect(PageCursor(text: text) == nil)
    }
}
