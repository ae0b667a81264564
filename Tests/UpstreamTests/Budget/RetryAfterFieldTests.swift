import Testing

@testable import Upstream

@Suite struct RetryAfterFieldTests {
    @Test(
        arguments: [
            ("60", .seconds(60)),
            ("0", .zero),
            ("-3", .zero),
            ("1.5", .milliseconds(1500)),
            ("2.0", .seconds(2)),
            ("2s", .seconds(2)),
            ("2 seconds", .seconds(2)),
            ("500ms", .milliseconds(500)),
            ("1m", .seconds(60)),
            (" 7 ", .seconds(7)),
            ("Sun, 06 Nov 1994 08:49:40 GMT", .seconds(3)),
            ("Sun, 06 Nov 1994 08:49:30 GMT", .zero),
            ("1e400", nil),
            ("soon", nil),
            ("", nil),
            ("2 bananas", nil),
        ] as [(String, Duration?)]
    )
    func readsEveryForm(text: String, expected: Duration?) {
        #expect(RetryAfterField.duration(text, unixTime: 784_111_777) == expected)
    }
}
