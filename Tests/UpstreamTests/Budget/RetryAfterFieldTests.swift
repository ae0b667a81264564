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
            ("1994-11-06T08:49:40Z", .seconds(3)),
            ("7200", .seconds(3600)),
            ("90m", .seconds(3600)), ("Mon, 07 Nov 1994 08:49:37 GMT", .seconds(3600)),
            ("1e400", nil),
            ("soon", nil),
            ("", nil),
            ("2 bananas", nil),
        ] as [(String, Duration?)]
    )
    func readsDurationsAndDates(text: String, expected: Duration?) {
        #expect(RetryAfterField.duration(text, unixTime: 784_111_777) == expected)
    }

    /// A time in Unix seconds or milliseconds, and how far it is from 1,700,000,000.
    @Test(
        arguments: [
            ("1700000007", .seconds(7)), ("1700000007.0", .seconds(7)), ("1699999990", .zero),
            ("1700000002500", .milliseconds(2500)), ("1800000000", .seconds(3600)), ("999999999", .seconds(3600)),
        ] as [(String, Duration)]
    )
    func readsUnixTimes(text: String, expected: Duration) {
        #expect(RetryAfterField.duration(text, unixTime: 1_700_000_000) == expected)
    }
}
