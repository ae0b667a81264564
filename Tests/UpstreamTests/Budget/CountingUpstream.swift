import TestSupport

@testable import Upstream

/// An upstream that counts calls in fixed windows and reports them, honestly or not at all.
struct CountingUpstream {
    /// What its responses state.
    enum Telling: CaseIterable {
        case nothing, unixTime, seconds
    }

    /// When its windows begin.
    enum Beginning: CaseIterable {
        /// By the clock.
        case aligned
        /// With the first call after the last window's end.
        case withFirstCall
    }

    struct Counter {
        let limit: Int
        var end = -1
        var count = 0
        /// The counts of all windows that have ended.
        var ended: [Int] = []
    }

    static let length = 60_000

    let telling: Telling
    let beginning: Beginning
    let roundsUp: Bool
    let isShared: Bool
    /// Milliseconds since 1970 at the simulation's time 0.
    let epoch: Int
    var counters: [Counter]

    /// What a response states; the time is when it was written.
    struct Response {
        let kind: CallKind
        let limit: Int
        let remaining: Int
        let reset: Int
    }

    init(
        _ telling: Telling,
        _ beginning: Beginning,
        limits: (reads: Int, writes: Int),
        isShared: Bool,
        using generator: inout SeededGenerator
    ) {
        self.telling = telling
        self.beginning = beginning
        self.isShared = isShared
        roundsUp = Bool.random(using: &generator)
        epoch = 1_700_000_000_000 + Int.random(in: 0..<120_000, using: &generator)
        counters = [Counter(limit: limits.reads), Counter(limit: limits.writes)]
    }

    /// Counts a call that arrives at a time in milliseconds.
    mutating func receive(_ kind: CallKind, at time: Int) -> Response {
        let index = isShared ? 0 : kind.rawValue
        if time >= counters[index].end {
            if counters[index].end >= 0 { counters[index].ended.append(counters[index].count) }
            counters[index].count = 0
            switch beginning {
            case .withFirstCall: counters[index].end = time + Self.length
            case .aligned: counters[index].end = ((time + epoch) / Self.length + 1) * Self.length - epoch
            }
        }
        counters[index].count += 1
        let counter = counters[index]
        let rounding = roundsUp ? 999 : 0
        let reset =
            telling == .seconds ? (counter.end - time + rounding) / 1000 : (counter.end + epoch + rounding) / 1000
        return Response(
            kind: kind,
            limit: counter.limit,
            remaining: max(0, counter.limit - counter.count),
            reset: reset
        )
    }

    /// The fields of a response as they are read at a time.
    func fields(of response: Response, at time: Int) -> RateLimitFields {
        guard telling != .nothing else { return RateLimitFields(TransportHeaders(), unixTime: 0) }
        let headers = TransportHeaders([
            ("X-RateLimit-Limit", "\(response.limit)"), ("X-RateLimit-Remaining", "\(response.remaining)"),
            ("X-RateLimit-Reset", "\(response.reset)"),
        ])
        return RateLimitFields(headers, unixTime: (epoch + time) / 1000)
    }
}
