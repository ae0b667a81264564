import Testing

@testable import Upstream

/// What refusals teach where no header field states a limit.
@Suite struct LearnedLimitTests {
    private let start = ContinuousClock.now

    private func at(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

    /// The limit after refusals, each with the calls that had been made.
    private func limit(_ refusals: [(made: Int, isFirst: Bool, at: Int)]) -> Int? {
        var learned = LearnedLimit()
        for refusal in refusals { learned.learn(made: refusal.made, isFirst: refusal.isFirst, at: at(refusal.at)) }
        return learned.limit
    }

    /// So many refusals in one pause, of calls that were all made before the first.
    private func refusals(_ count: Int, of made: Int) -> [(made: Int, isFirst: Bool, at: Int)] {
        (0..<count).map { (made, $0 == 0, 0) }
    }

    @Test func oneRefusalTeachesNothing() {
        #expect(limit([(100, true, 0)]) == nil)
    }

    /// How many calls were refused, of how many, and the limit.
    @Test(
        arguments: [
            (4, 12, nil), (5, 15, 10), (5, 16, nil), (6, 16, 10), (5, 5, 1), (5, 4, 1), (40, 100, 60),
        ] as [(Int, Int, Int?)]
    )
    func aThirdThatIsRefusedShowsTheLimit(refused: Int, made: Int, limit: Int?) {
        #expect(self.limit(refusals(refused, of: made)) == limit)
    }

    /// The calls before two pauses, the seconds between these, and the limit.
    @Test(
        arguments: [
            (101, 101, 61, 100), (101, 81, 61, 100), (81, 101, 61, 100), (101, 80, 61, nil), (101, 101, 299, 100),
            (101, 101, 300, nil), (1, 1, 61, 1),
        ] as [(Int, Int, Int, Int?)]
    )
    func twoPausesAfterAboutAsManyCallsShowTheLimit(first: Int, second: Int, seconds: Int, limit: Int?) {
        #expect(self.limit([(first, true, 0), (second, true, seconds)]) == limit)
    }

    @Test func interruptedPausesTeachNoLimit() {
        #expect(limit([(101, true, 0), (20, true, 61), (101, true, 122)]) == nil)
    }

    @Test func aLimitIsTriedAgainAfterAWhile() {
        var learned = LearnedLimit()
        for refusal in refusals(5, of: 15) { learned.learn(made: refusal.made, isFirst: refusal.isFirst, at: start) }
        learned.roll(to: at(299))
        #expect(learned.limit == 10)
        learned.roll(to: at(300))
        #expect(learned.limit == nil)
    }
}
