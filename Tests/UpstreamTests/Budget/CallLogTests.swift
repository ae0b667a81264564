import Testing

@testable import Upstream

/// The calls of the last minute: what is counted, and when it is forgotten.
@Suite struct CallLogTests {
    private let start = ContinuousClock.now

    private func at(_ milliseconds: Int) -> ContinuousClock.Instant { start + .milliseconds(milliseconds) }

    /// A log of calls at some milliseconds.
    private func log(_ calls: [(Int, at: Int)]) -> CallLog {
        var log = CallLog()
        for (count, instant) in calls { log.add(count, at: at(instant)) }
        return log
    }

    /// When each of the oldest calls is forgotten, in milliseconds.
    private func ends(of log: CallLog) -> [Duration] {
        (1...max(1, log.count)).compactMap { log.forgets($0).map { $0 - start } }
    }

    @Test func callsAreForgottenAfterAMinuteAndItsMargins() {
        var log = log([(2, 0), (1, 1000)])
        #expect(ends(of: log) == [.seconds(62), .seconds(62), .seconds(63)])
        #expect(log.forgets(4) == nil)
        log.forget(at: at(61_999))
        #expect(log.count == 3)
        log.forget(at: at(62_000))
        #expect(log.count == 1)
        log.forget(at: at(63_000))
        #expect(log.count == 0)
        #expect(log.forgets(1) == nil)
    }

    @Test func callsWithinAFractionOfASecondAreOneBurst() {
        // The third is later than the first burst, and the fourth comes with an older time.
        let log = log([(1, 0), (1, 249), (1, 250), (1, 100)])
        #expect(ends(of: log) == [.seconds(62), .seconds(62), .milliseconds(62_250), .milliseconds(62_250)])
    }

    @Test func addingZeroOrFewerCallsChangesNothing() {
        #expect(log([(0, 0), (-3, 0)]).count == 0)
        #expect(log([(0, 0), (-3, 0)]).forgets(1) == nil)
    }

    @Test func theOldestCallIsTakenBack() {
        var log = log([(2, 0), (1, 1000)])
        log.removeOne()
        #expect(ends(of: log) == [.seconds(62), .seconds(63)])
        log.removeOne()
        #expect(ends(of: log) == [.seconds(63)])
        log.removeOne()
        log.removeOne()
        #expect(log.count == 0)
    }

    /// How many calls stay since when, and when these are forgotten.
    @Test(
        arguments: [
            (10, 0, [62_000, 62_000, 63_000, 64_000, 64_000, 64_000]), (4, 0, [63_000, 64_000, 64_000, 64_000]),
            (2, 0, [64_000, 64_000]), (0, 0, []),
            // A burst that began before the time can have calls after it.
            (10, 1100, [63_000, 64_000, 64_000, 64_000]), (10, 1250, [64_000, 64_000, 64_000]), (10, 2250, []),
        ] as [(Int, Int, [Int])]
    )
    func keepLastKeepsTheLatestCalls(most: Int, since: Int, ends: [Int]) {
        var log = log([(2, 0), (1, 1000), (3, 2000)])
        log.keepLast(most, since: at(since))
        #expect(log.count == ends.count)
        #expect(self.ends(of: log) == ends.map { .milliseconds($0) })
    }
}
