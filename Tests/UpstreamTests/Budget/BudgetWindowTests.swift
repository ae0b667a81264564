import TestSupport
import Testing

@testable import Upstream

@Suite struct BudgetWindowTests {
    private let start = ContinuousClock.now

    private func at(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

    /// A window of 10 calls in which some were made and all but the last of them have responses, at time 0.
    private func window(spent: Int, remaining: Int?, reset: Duration?) -> BudgetWindow {
        var window = BudgetWindow(limit: 10)
        window.spend(spent, at: start)
        window.learn(limit: 10, remaining: remaining, reset: reset, at: start)
        return window
    }

    @Test(
        arguments: [
            // What was stated is what we know; then, that others have made calls.
            (spent: 3, remaining: 7, reset: 20, left: 7, opens: 21),
            (3, 2, 20, 2, 21),
            // An older response than the last, or one that does not count all.
            (3, 9, 20, 7, 21),
            // Nothing counts: it is not believed, and no minute holds more than the limit.
            (3, 10, 20, 7, 62), (3, 99, 20, 7, 62),
            (3, nil, 20, 7, 21),
            (3, 7, nil, 7, 62), (3, 2, nil, 2, 62), (3, nil, nil, 7, 62),
            // No window is so long.
            (3, 2, 86_400, 2, 62),
            // The response is one of a window that has ended.
            (3, 0, -1, 7, 62), (3, 0, -50, 7, 62),
            (3, -5, 20, 0, 21),
        ] as [(Int, Int?, Int?, Int, Int)]
    )
    func statedFieldsDetermineCallsLeftAndOpening(spent: Int, remaining: Int?, reset: Int?, left: Int, opens: Int) {
        var window = window(spent: spent, remaining: remaining, reset: reset.map { .seconds($0) })
        #expect(window.available(at: start) == left)
        window.spend(left, at: start)
        #expect(window.available(at: start) == 0)
        #expect(window.opens(at: start) == at(Double(opens)))
        #expect(window.available(at: at(Double(opens) - 0.001)) == 0)
        #expect(window.available(at: at(Double(opens))) > 0)
    }

    @Test func theEarliestStatedEndIsBelieved() {
        var window = window(spent: 10, remaining: 0, reset: .seconds(60))
        window.learn(limit: 10, remaining: 0, reset: .seconds(57), at: at(2.5))
        #expect(window.opens(at: at(3)) == at(60.5))
        // A slow response of the same window moves nothing.
        window.learn(limit: 10, remaining: 0, reset: .seconds(58), at: at(8))
        #expect(window.opens(at: at(8)) == at(60.5))
    }

    @Test func theNextWindowIsLearnedFromTheFirstResponseThatStatesIt() {
        var window = window(spent: 1, remaining: 9, reset: .seconds(20))
        window.spend(2, at: at(20.5))
        window.learn(limit: 10, remaining: 9, reset: .seconds(59), at: at(20.6))
        // Both calls had no response when the window ended.
        #expect(window.available(at: at(20.6)) == 8)
        // A response of the window before comes late.
        window.learn(limit: 10, remaining: 0, reset: .seconds(0), at: at(20.7))
        #expect(window.available(at: at(20.7)) == 8)
    }

    @Test func callsWithoutAResponseCountInTheNextWindow() {
        var window = window(spent: 4, remaining: 9, reset: .seconds(20))
        #expect(window.available(at: at(21)) == 7)
    }

    @Test func aLateResponseOfTheLastWindowIsNotTakenForOneOfTheNext() {
        var window = window(spent: 4, remaining: 9, reset: .seconds(20))
        window.spend(2, at: at(22))
        window.learn(limit: 10, remaining: 0, reset: .seconds(1), at: at(22))
        // Of the three calls without a response this was one.
        #expect(window.available(at: at(22)) == 6)
    }

    @Test func aCallWhoseResponseIsOneOfTheLastWindowDoesNotCountInTheNext() {
        var window = window(spent: 10, remaining: 9, reset: .seconds(20))
        #expect(window.available(at: at(22)) == 1)
        for left in (0..<9).reversed() { window.learn(limit: 10, remaining: left, reset: .seconds(0), at: at(22)) }
        #expect(window.available(at: at(22)) == 10)
    }

    @Test func windowWhoseEndKeepsMovingIsNotBelieved() {
        var window = window(spent: 5, remaining: 5, reset: .seconds(60))
        window.spend(5, at: at(30))
        window.learn(limit: 10, remaining: 0, reset: .seconds(60), at: at(30))
        #expect(window.opens(at: at(30)) == at(62))
        #expect(window.available(at: at(62)) == 5)
        #expect(window.available(at: at(92)) == 10)
    }

    @Test func aRefreshLeavesCallsForOthers() {
        var window = BudgetWindow(limit: 10)
        window.spend(6, at: start)
        #expect(window.available(at: start, priority: .refresh) == 1)
        window.spend(1, at: start)
        #expect(window.available(at: start, priority: .refresh) == 0)
        #expect(window.available(at: start, priority: .background) == 3)
        #expect(window.available(at: start, priority: .interactive) == 3)
    }

    @Test func limitOfZeroAllowsNoCalls() {
        var window = BudgetWindow(limit: 0)
        #expect(window.available(at: start) == 0)
        #expect(window.opens(at: start) > start)
    }

    @Test func rejectionsTeachALimitThatNothingElseStates() {
        var window = BudgetWindow(limit: nil)
        window.spend(500, at: start)
        for step in 0..<400 {
            window.learn(limit: nil, remaining: nil, reset: nil, at: start)
            window.pause(for: .seconds(60 - step % 2), rejected: RejectedCall(.read), at: start)
        }
        #expect(window.limit == 100)
        #expect(window.available(at: at(61.9)) == 0)
        #expect(window.available(at: at(62)) == 100)
        // Whether it still holds is tried again after a while.
        #expect(window.available(at: at(300)) == .max)
    }

    @Test func aShortPauseIsWaitedForAndTeachesNoLimit() {
        var window = window(spent: 3, remaining: 7, reset: .seconds(40))
        // Three calls were on their way.
        for _ in 0..<3 { window.pause(for: .seconds(1), rejected: RejectedCall(.read), at: start) }
        #expect(window.limit == 10)
        #expect(window.available(at: start) == 0)
        #expect(window.opens(at: start) == at(1))
        #expect(window.available(at: at(1)) == 7)
        // Nor does another one: the upstream states its limit.
        window.spend(1, at: at(1))
        window.pause(for: .seconds(1), rejected: RejectedCall(.read), at: at(1))
        #expect(window.limit == 10)
    }

    @Test func shortPausesFarApartTeachNoLimit() {
        var window = BudgetWindow(limit: nil)
        for minute in stride(from: 0.0, to: 5, by: 1) {
            window.spend(20, at: at(minute * 61))
            window.pause(for: .seconds(2), rejected: RejectedCall(.read), at: at(minute * 61))
            #expect(window.limit == nil)
            #expect(window.available(at: at(minute * 61 + 2)) == .max)
        }
    }

    @Test(arguments: [1, 10, 700])
    func shortPausesBetweenWhichCallsAreAcceptedTeachNoLimit(callsASecond: Int) {
        var window = BudgetWindow(limit: nil)
        for second in stride(from: 0.0, to: 300, by: 2) {
            window.spend(callsASecond, at: at(second))
            window.learn(limit: nil, remaining: nil, reset: nil, at: at(second))
            window.pause(for: .seconds(1), rejected: RejectedCall(.read), at: at(second))
            window.learn(limit: nil, remaining: nil, reset: nil, isRejection: true, at: at(second))
            // Of a call that was sent before the pause.
            window.learn(limit: nil, remaining: nil, reset: nil, at: at(second + 0.5))
            #expect(window.limit == nil)
            #expect(window.available(at: at(second + 1)) == .max)
        }
    }

    @Test func shortPausesAfterWhichNothingIsAcceptedShowTheLimit() {
        var window = BudgetWindow(limit: nil)
        window.spend(100, at: start)
        window.learn(limit: nil, remaining: nil, reset: nil, at: start)
        for second in stride(from: 0.0, to: 5, by: 1) {
            #expect(window.available(at: at(second)) == .max)
            window.spend(1, at: at(second))
            window.learn(limit: nil, remaining: nil, reset: nil, isRejection: true, at: at(second))
            window.pause(for: .seconds(1), rejected: RejectedCall(.read), at: at(second))
        }
        #expect(window.limit == 100)
        #expect(window.available(at: at(5)) == 0)
        #expect(window.available(at: at(66)) == 100)
    }

    /// The paths that are rejected one after the other, and whether that shows a limit of the key.
    @Test(
        arguments: [
            (1, [7, 7, 7, 7, 7, 7], false), (1, [7, 8, 7, 8, 7, 8], false), (1, [7, 8, 9, 7, 7, 7], true),
            (30, [7, 7, 7, 7, 7, 7], false), (30, [7, 8, 7, 8], false), (30, [7, 8, 9, 9, 9], true),
        ]
    )
    func rejectionsOfFewPathsTeachNoLimit(seconds: Int, paths: [Int], isLimit: Bool) {
        var window = BudgetWindow(limit: nil)
        for (step, path) in paths.enumerated() {
            let now = at(Double(step * seconds))
            window.spend(1, at: now)
            window.learn(limit: nil, remaining: nil, reset: nil, isRejection: true, at: now)
            window.pause(for: .seconds(seconds), rejected: RejectedCall(.read, path: path), at: now)
        }
        #expect((window.limit != nil) == isLimit)
    }

    /// What is left, and when the window ends, where no limit is stated.
    @Test(
        arguments: [
            (0, .seconds(20), 21), (-2, .seconds(20), 21), (1, .seconds(20), 0), (0, nil, 0), (0, .zero, 0),
            (0, .seconds(-3), 0), (0, .seconds(86_400), 3600),
        ] as [(Int, Duration?, Int)]
    )
    func noCallsLeftIsAPauseUntilTheReset(remaining: Int, reset: Duration?, opens: Int) {
        var window = BudgetWindow(limit: nil)
        window.spend(1, at: start)
        window.learn(limit: nil, remaining: remaining, reset: reset, at: start)
        #expect(window.opens(at: start) == at(Double(opens)))
        #expect(window.available(at: at(Double(opens))) == .max)
    }

    @Test func aRejectionTeachesNothingIfOthersHaveUsedTheBudgetUp() {
        var window = window(spent: 3, remaining: 0, reset: .seconds(20))
        window.pause(for: .seconds(5), rejected: RejectedCall(.read), at: start)
        #expect(window.limit == 10)
        #expect(window.opens(at: start) == at(21))
    }

    @Test(arguments: [(0, 0), (-5, 0), (30, 30), (3600, 3600), (.max, 3600)])
    func aPauseLastsAnHourAtMost(seconds: Int, lasts: Int) {
        var window = BudgetWindow(limit: nil)
        window.pause(for: .seconds(seconds), at: start)
        #expect(window.opens(at: start) == start + .seconds(lasts))
        #expect(window.available(at: start + .seconds(lasts)) == .max)
    }

    @Test func callsBeforeALimitIsKnownAreCounted() {
        var window = BudgetWindow(limit: nil)
        for step in 0..<200_000 { window.spend(1, at: start + .microseconds(step * 300)) }
        window.learn(limit: 300_000, remaining: nil, reset: nil, at: at(60))
        #expect(window.available(at: at(60)) == 100_000)
    }

    /// When the window is said to open for a number of calls, so many may be made, and not earlier.
    @Test(arguments: UInt64(0)..<60)
    func callsAreAvailableExactlyWhenTheWindowOpens(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var window = BudgetWindow(limit: 10)
        var now = start
        for _ in 0..<60 {
            now += .milliseconds(Int.random(in: 1...9000, using: &generator))
            let taken = min(window.available(at: now), Int.random(in: 0...6, using: &generator))
            window.spend(taken, at: now)
            // Every other time the upstream states its window, and all calls have a response.
            for _ in 0..<(seed % 2 == 0 ? taken : 0) {
                let left = max(0, window.available(at: now) - Int.random(in: 0...1, using: &generator))
                window.learn(limit: 10, remaining: left, reset: .seconds(20), at: now)
            }
            if Int.random(in: 0..<15, using: &generator) == 0 {
                window.pause(for: .seconds(Int.random(in: 1...90, using: &generator)), at: now)
            }
            let calls = Int.random(in: 1...10, using: &generator)
            let opens = window.opens(at: now, forCalls: calls)
            var earlier = window
            if opens > now { #expect(earlier.available(at: opens - .nanoseconds(1)) < calls) }
            var later = window
            #expect(later.available(at: opens) >= calls)
        }
    }
}
