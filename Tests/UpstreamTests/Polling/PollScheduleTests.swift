import Testing

@testable import Upstream

/// When a collection is read again, by what is left of the key's minute.
@Suite struct PollScheduleTests {
    typealias Rest = PollSchedule.Rest

    private static let schedule = PollSchedule(reserve: 0.5)

    private static func rest(_ remaining: Int?, of limit: Int? = 100, reset: Int? = 60) -> Rest {
        Rest(limit: limit, remaining: remaining, reset: reset.map { .seconds($0) })
    }

    @Test(
        arguments: [
            (rest(nil, of: nil, reset: nil), nil), (rest(100), nil), (rest(51), nil),
            (rest(50), .seconds(60)), (rest(0, reset: 20), .seconds(20)), (rest(50, reset: 0), .seconds(1)),
            (rest(10, reset: nil), .seconds(15)),
        ] as [(Rest, Duration?)]
    )
    func pollsWaitWhileOnlyTheReserveIsLeft(rest: Rest, delay: Duration?) {
        #expect(Self.schedule.delay(rest) == delay)
    }

    @Test(
        arguments: [
            // Plenty is left: as often as the schema says.
            (rest(nil, of: nil, reset: nil), 8, 5), (rest(100), 2, 5), (rest(2000, of: 2000), 20, 5),
            // Half of what is left beyond the reserve is for readings.
            (rest(70), 2, 12), (rest(60), 2, 24), (rest(60), 1, 12), (rest(70, reset: 10), 2, 5), (rest(52), 1, 60),
            // Nothing is.
            (rest(50, reset: 40), 1, 40), (rest(50, reset: 2), 1, 5),
        ] as [(Rest, Int, Int)]
    )
    func pollIntervalGrowsAsTheBudgetShrinks(rest: Rest, readers: Int, seconds: Int) {
        #expect(Self.schedule.interval(.seconds(5), rest, readers: readers) == .seconds(seconds))
    }
}
