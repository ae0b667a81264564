import Testing

@testable import Upstream

/// How many calls are expected, by those that were counted.
@Suite struct CallRateTests {
    private static let start = ContinuousClock.now

    /// A rate after five minutes in which so many calls came together every so many seconds.
    private func rate(calls: Int, every seconds: Int) -> CallRate {
        var tally = CallTally()
        for second in stride(from: 0, to: 300, by: seconds) { tally.add(calls, at: Self.start + .seconds(second)) }
        return tally.rate(at: Self.start + .seconds(300))
    }

    @Test func callsThatComeTogetherVaryMore() {
        let even = rate(calls: 1, every: 2)
        #expect(even.variance == even.mean && even.most == 150)
        let operations = rate(calls: 5, every: 10)
        #expect(operations.variance == operations.mean * 4 && operations.most == 150)
        // Half a call a second, and one standard deviation more.
        for rate in [even, operations] { #expect((0.54...0.71).contains(rate.mean), "\(rate)") }
    }

    @Test func callsAreForgottenAfterFiveMinutes() {
        var tally = CallTally()
        #expect(tally.rate(at: Self.start) == CallRate())
        for second in [0, 100, 299] { tally.add(1, at: Self.start + .seconds(second)) }
        #expect(tally.rate(at: Self.start + .seconds(299)).most == 3)
        tally.add(1, at: Self.start + .seconds(300))
        #expect(tally.rate(at: Self.start + .seconds(300)).most == 3)
        tally.add(1, at: Self.start + .seconds(900))
        #expect(tally.rate(at: Self.start + .seconds(900)).most == 1)
    }

    /// One large operation would otherwise hold back whole minutes from the lanes below.
    @Test func afterOneLargeOperationNoOtherIsExpected() {
        var tally = CallTally()
        tally.add(100, at: Self.start)
        tally.add(2, at: Self.start + .seconds(30))
        #expect(tally.rate(at: Self.start + .seconds(60)) == CallRate())
        tally.add(50, at: Self.start + .seconds(70))
        #expect(tally.rate(at: Self.start + .seconds(80)).most == 152)
    }

    @Test(arguments: [
        (0.0, 1.0, 4.0), (0, 3, 12), (4, 1, 10), (100, 1, 120),
    ])
    func probableCallsCoverAtLeastTheExpectedOperations(seconds: Double, operations: Double, calls: Double) {
        let rate = CallRate(mean: 1, variance: 4, most: 120)
        #expect(rate.probableCalls(seconds: seconds, deviations: 1.5, operations: operations) == calls)
        #expect(CallRate().probableCalls(seconds: seconds, deviations: 1.5, operations: operations) == 0)
    }

    @Test func theShortfallIsTheMostThatDemandExceedsWhatBecomesFree() {
        var log = CallLog()
        #expect(log.shortfall(at: Self.start) { $0 } == 62)
        log.add(10, at: Self.start)
        #expect(log.shortfall(at: Self.start) { $0 } == 62)
        log.add(5, at: Self.start + .seconds(10))
        // Ten calls become free 52 seconds from then on, taken for 54.
        #expect(log.shortfall(at: Self.start + .seconds(10)) { $0 } == 54)
        #expect(log.shortfall(at: Self.start + .seconds(10)) { min($0, 20) } == 20)
        #expect(log.shortfall(at: Self.start + .seconds(40)) { $0 } == 52)
    }
}
