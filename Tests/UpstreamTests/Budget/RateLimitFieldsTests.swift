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
        // A limit of something else than calls.
        Reading(
            headers: [
                ("RateLimit", #""bytes";r=20;t=4, "peruser";r=60;t=30"#),
                ("RateLimit-Policy", #""bytes";q=65535;qu="content-bytes";w=10, "peruser";q=100;qu="requests";w=60"#),
            ],
            limit: 100,
            remaining: 60,
            reset: .seconds(30)
        ),
        // Several lines are one list.
        Reading(
            headers: [
                ("RateLimit", #""burst";r=50;t=30"#), ("RateLimit", #""daily";r=3;t=40"#),
                ("RateLimit-Policy", #""burst";q=100;w=60"#), ("RateLimit-Policy", #""daily";q=1000;w=86400"#),
            ],
            limit: 1000,
            remaining: 3,
            reset: .seconds(40)
        ),
        Reading(
            headers: [("RateLimit", #""default";r=50;t=30"#), ("RateLimit-Policy", #""default";q=100;w=60"#)],
            limit: 100,
            remaining: 50,
            reset: .seconds(30)
        ),
        // Of several limits the one with the fewest calls left counts.
        Reading(
            headers: [
                ("RateLimit", #""minute";r=50;t=30, "hour";r=3;t=900"#),
                ("RateLimit-Policy", #""minute";q=100;w=60, "hour";q=1000;w=3600"#),
            ],
            limit: 1000,
            remaining: 3,
            reset: .seconds(900)
        ),
        Reading(headers: [("RateLimit", #""a";r=0;t=7"#)], limit: nil, remaining: 0, reset: .seconds(7)),
        // Earlier drafts.
        Reading(
            headers: [("RateLimit", "limit=100, remaining=50, reset=30")],
            limit: 100,
            remaining: 50,
            reset: .seconds(30)
        ),
        Reading(
            headers: [("RateLimit-Limit", "100"), ("RateLimit-Remaining", "7"), ("RateLimit-Reset", "5")],
            limit: 100,
            remaining: 7,
            reset: .seconds(5)
        ),
        // What the upstream states in the customary way comes first.
        Reading(
            headers: [("X-RateLimit-Remaining", "4"), ("RateLimit", #""a";r=0;t=7"#)],
            limit: nil,
            remaining: 4,
            reset: nil
        ),
        .reset("1700000060", .seconds(60)),
        .reset("1699999998", .seconds(-2)),
        .reset("1700000060500", .milliseconds(60_500)),
        .reset("0", .zero),
        .reset("59.5", .seconds(59)),
        .reset("2023-11-14T22:13:23Z", .seconds(3)),
        .reset("2023-11-14T23:13:23.250+01:00", .seconds(3)),
        .reset("2023-11-14", nil),
        .reset("2023-11-14T22:13:23Zx", nil),
        .reset("2023-11-14T23:13:23+01.00", nil),
        .reset("60 seconds", .seconds(60)),
        .reset("60s", .seconds(60)),
        .reset("12:30", nil),
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

    /// How long to wait after a refusal without `Retry-After`.
    @Test(
        arguments: [
            ([:], 60), (["x-ratelimit-reset": "3"], 3), (["x-ratelimit-reset": "1700000003"], 3),
            (["x-ratelimit-reset": "1699999999"], 1), (["x-ratelimit-remaining": "0", "x-ratelimit-reset": "3"], 3),
            (["x-ratelimit-remaining": "0", "x-ratelimit-reset": "0"], 0), (["x-ratelimit-remaining": "0"], 60),
            (["x-ratelimit-remaining": "5", "x-ratelimit-reset": "30"], 1),
        ] as [([String: String], Int)]
    )
    func aRefusalLastsUntilTheWindowEnds(headers: [String: String], seconds: Int) {
        let fields = RateLimitFields(
            TransportHeaders(headers.map { (name: $0.key, value: $0.value) }),
            unixTime: 1_700_000_000
        )
        #expect(fields.pauseWithoutRetryAfter == .seconds(seconds))
    }
}
