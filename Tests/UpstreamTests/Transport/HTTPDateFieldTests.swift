import Testing

@testable import Upstream

@Suite struct HTTPDateFieldTests {
    @Test(
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
            ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
            ("Sun Nov  6 08:49:37 1994", 784_111_777),
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199),
            ("Fri, 31 Dec 1999 23:59:60 GMT", 946_684_800),
            ("Wednesday, 01-Jan-69 00:00:00 GMT", 3_124_224_000),
            ("Sun, 06 Nov 1994 08:49:37 CET", nil),
            ("Sun, 06 Nov 1994 24:49:37 GMT", nil),
            ("Sun, 6 November 1994 08:49:37 GMT", nil),
            ("Sun, 06 Nov 94 08:49 GMT", nil),
            ("Sun, 06 Nov -994 08:49:37 GMT", nil),
            ("60", nil),
            ("", nil),
        ] as [(String, Int?)]
    )
    func readsTheThreeFormats(text: String, expected: Int?) {
        #expect(HTTPDateField.unixTime(text) == expected)
    }
}
