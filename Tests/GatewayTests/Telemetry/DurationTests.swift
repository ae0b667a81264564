import Testing
import Upstream

@testable import Gateway

/// Durations as whole nanoseconds.
@Suite struct DurationTests {
    private static let cases: [(Duration, Int64)] = [
        (.zero, 0), (.nanoseconds(1), 1), (.nanoseconds(-1), -1), (.seconds(9), 9_000_000_000),
        (.seconds(10) + .nanoseconds(7), 10_000_000_007), (.seconds(-10) - .nanoseconds(7), -10_000_000_007),
        (.seconds(86_400 * 365 * 100), 3_153_600_000_000_000_000),
        (Duration(secondsComponent: 0, attosecondsComponent: 1_999_999_999), 1),
        (Duration(secondsComponent: 12, attosecondsComponent: 999_999_999), 12_000_000_000),
        (.nanoseconds(Int64.max), .max), (.seconds(86_400 * 365 * 300), .max), (.seconds(Int64.max), .max),
    ]

    @Test(arguments: cases) func nanosecondsAreTruncated(_ duration: Duration, _ nanoseconds: Int64) {
        #expect(duration.nanoseconds == nanoseconds)
    }

    @Test func stagesAreMeasuredOneAfterAnother() {
        var clock = StageClock(startedAt: 100)
        clock.end(.prepare, at: 130)
        clock.end(.estimate, at: 135)
        clock.end(.prepare, at: 145)
        #expect([clock.durations[.prepare], clock.durations[.estimate], clock.durations[.execute]] == [40, 5, nil])
        #expect(clock.isRunning && !StageClock.stopped.isRunning)
    }

    @Test func theSystemsTimeNeverGoesBack() {
        let first = SystemTime.nanoseconds()
        #expect(first > 0 && SystemTime.nanoseconds() >= first)
    }
}
