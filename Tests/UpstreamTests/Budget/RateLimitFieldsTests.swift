import Testing

@testable import Upstream

@Suite struct RateLimitFieldsTests {
    struct Reading: CustomTestStringConvertible {
        let headers: [(name: String, value: String)]
        let limit: Int?
        let remaining: Int?
        let reset: Duration?

        var testDescription: String { headers.map { "\($0.name): \($0.value)" }.joined(separator: ", ") }

        static func reset(_ value: String, _ reset: Duration?) -> Reading {
            Reading(headers: [("x-ratelimit-reset", value)], limit: nil, remaining: nil, reset: reset)
        }
    }

    static let readings = [
        Reading(headers: [], limit: nil, remaining: nil, reset: nil),
        Reading(
            headers: [("X-RateLimit-Limit", "100"), ("X-RATELIMIT-REMAINING", "0"), ("x-ratelimit-reset", "7")],
            limit: 100,
            remaining: 0,
            reset: .seconds(7)
        ),
        Reading(
            headers: [
                ("X-RateLimit-Limit", "100;w=60"), ("X-RateLimit-Remaining", "99, 5"), ("X-RateLimit-Reset", ""),
            ],
            limit: 100,
            remaining: 99,
            reset: nil
        ),
        .reset("1700000060", .seconds(60)),
        .reset("1699999998", .seconds(-2)),
        .reset("1700000060500", .milliseconds(60_500)),
        .reset("0", .zero),
        .reset("59.5", .seconds(59)),
        .reset("-1", nil),
        .reset("soon", nil),
        .reset("99999999999999999999999", nil),
        .reset("9223372036854775807", .milliseconds(9_223_372_036_854_775_807 - 1_700_000_000_000)),
    ]

    @Test(arguments: readings)
    func readsWhatAnUpstreamMaySay(_ reading: Reading) {
        let fields = RateLimitFields(TransportHeaders(reading.headers), unixTime: 1_700_000_000)
        #expect(fields.limit == reading.limit)
        #expect(fields.remaining == reading.remaining)
        #expect(fields.reset == reading.reset)
    }
}
