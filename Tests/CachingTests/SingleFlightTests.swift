import Synchronization
import Testing

@testable import Caching

@Suite(.timeLimit(.minutes(15))) struct SingleFlightTests {
    private typealias Table = SingleFlight<String, Int, String>

    private let start = ContinuousClock.now

    private func join(
        _ table: Table,
        _ key: String,
        info: Int,
        mayJoin: (Int) -> Bool = { _ in true }
    ) -> (Table.Entry, isLeader: Bool) {
        switch table.join(key, latestEnd: start + .seconds(10), info: info, mayJoin: mayJoin) {
        case .leader(let entry): (entry, true)
        case .follower(let entry): (entry, false)
        }
    }

    @Test func equalOperationsAreCarriedOutOnce() {
        let table = Table()
        let (first, leads) = join(table, "a", info: 1)
        let (second, leadsToo) = join(table, "a", info: 2)
        #expect(leads && !leadsToo)
        #expect(first.flight === second.flight && second.info == 1)
        #expect(join(table, "b", info: 3).isLeader)
        #expect(table.entries { _, _ in true }.map(\.info).sorted() == [1, 3])
        #expect(table.entries { key, info in key == "b" && info == 3 }.count == 1)
        table.complete(first, for: "a", with: "x")
        #expect(join(table, "a", info: 4).isLeader)
    }

    @Test func unsuitableFlightIsReplacedByANewOne() {
        let table = Table()
        let (old, _) = join(table, "a", info: 1)
        let (new, isLeader) = join(table, "a", info: 2) { $0 > 1 }
        #expect(isLeader)
        // Its end is not the end of the flight that took its place.
        table.complete(old, for: "a", with: nil)
        let (joined, leads) = join(table, "a", info: 3)
        #expect(!leads && joined.flight === new.flight)
    }

    // MARK: - Flights

    /// A clock that a test advances, and its timers.
    private final class Timers: Sendable {
        private struct State {
            var now: ContinuousClock.Instant
            var timers: [(instant: ContinuousClock.Instant, action: @Sendable () -> Void)] = []
        }

        private let state: Mutex<State>

        init(_ start: ContinuousClock.Instant) { state = Mutex(State(now: start)) }

        var scheduler: Scheduler {
            Scheduler(
                now: { [self] in state.withLock { $0.now } },
                schedule: { [self] instant, action in state.withLock { $0.timers.append((instant, action)) } }
            )
        }

        /// The timers that were set, in the order in which they go off.
        var instants: [ContinuousClock.Instant] { state.withLock { $0.timers.map(\.instant).sorted() } }

        func advance(to instant: ContinuousClock.Instant) {
            let due = state.withLock { state in
                state.now = instant
                let due = state.timers.filter { $0.instant <= instant }
                state.timers.removeAll { $0.instant <= instant }
                return due
            }
            for timer in due { timer.action() }
        }
    }

    private static func word(_ outcome: Flight<String>.Outcome) -> String {
        switch outcome {
        case .value(let value): value
        case .abandoned: "abandoned"
        case .deadlinePassed: "deadline"
        case .cancelled: "cancelled"
        }
    }

    /// Waits in a task of its own; returns when it is among the followers.
    private func follow(
        _ flight: Flight<String>,
        _ timers: Timers,
        seconds: Int,
        group: Int = 0
    ) async -> Task<String, Never> {
        let count = flight.followerCount
        let (start, scheduler) = (start, timers.scheduler)
        let task = Task {
            Self.word(await flight.wait(until: start + .seconds(seconds), group: group, scheduler: scheduler))
        }
        while flight.followerCount == count, !Task.isCancelled { await Task.yield() }
        return task
    }

    @Test func followersGetTheValueWheneverTheyCome() async {
        let timers = Timers(start)
        let flight = Flight<String>(latestEnd: start + .seconds(10))
        let follower = await follow(flight, timers, seconds: 20)
        flight.complete("x")
        flight.complete("y")
        #expect(await follower.value == "x")
        #expect(Self.word(await flight.wait(until: start, scheduler: timers.scheduler)) == "x")
        #expect(flight.followerCount == 0)
    }

    @Test func aFollowerWaitsNoLongerThanItsOwnDeadline() async {
        let timers = Timers(start)
        let flight = Flight<String>(latestEnd: start + .seconds(10))
        #expect(Self.word(await flight.wait(until: start, scheduler: timers.scheduler)) == "deadline")
        let late = await follow(flight, timers, seconds: 5)
        let early = await follow(flight, timers, seconds: 2)
        let later = await follow(flight, timers, seconds: 7)
        let latest = await follow(flight, timers, seconds: 10)
        // A later deadline needs no timer while an earlier one is set, and one after the leader's end needs none at all.
        #expect(timers.instants == [start + .seconds(2), start + .seconds(5)])
        timers.advance(to: start + .seconds(2))
        #expect(await early.value == "deadline")
        #expect(flight.followerCount == 3)
        timers.advance(to: start + .seconds(5))
        #expect(await late.value == "deadline")
        // Two timers were set for that; they set one for the next deadline.
        #expect(timers.instants == [start + .seconds(7)])
        timers.advance(to: start + .seconds(7))
        #expect(await later.value == "deadline")
        flight.complete(nil)
        #expect(await latest.value == "abandoned")
    }

    @Test func theNextDeadlineIsWaitedForOnceTheTimerHasFired() async {
        let timers = Timers(start)
        let flight = Flight<String>(latestEnd: start + .seconds(10))
        let early = await follow(flight, timers, seconds: 2)
        let late = await follow(flight, timers, seconds: 5)
        #expect(timers.instants == [start + .seconds(2)])
        timers.advance(to: start + .seconds(2))
        #expect(await early.value == "deadline")
        #expect(timers.instants == [start + .seconds(5)])
        timers.advance(to: start + .seconds(5))
        #expect(await late.value == "deadline")
        #expect(timers.instants.isEmpty)
    }

    @Test func followersOfOtherGroupsAreAbandoned() async {
        let timers = Timers(start)
        let flight = Flight<String>(latestEnd: start + .seconds(10))
        let own = await follow(flight, timers, seconds: 20, group: 1)
        let other = await follow(flight, timers, seconds: 20, group: 2)
        flight.abandonFollowers(except: 1)
        #expect(await other.value == "abandoned")
        #expect(flight.followerCount == 1)
        flight.complete("x")
        #expect(await own.value == "x")
    }

    @Test func aCancelledFollowerWaitsNoMore() async {
        let timers = Timers(start)
        let flight = Flight<String>(latestEnd: start + .seconds(10))
        let follower = await follow(flight, timers, seconds: 20)
        follower.cancel()
        #expect(await follower.value == "cancelled")
        #expect(flight.followerCount == 0)
    }

    @Test func sleepEndsAtItsInstantOrWhenItIsCancelled() async {
        let timers = Timers(start)
        let (start, scheduler) = (start, timers.scheduler)
        let whole = Task { await scheduler.sleep(until: start + .seconds(1)) }
        while timers.instants.isEmpty, !Task.isCancelled { await Task.yield() }
        timers.advance(to: start + .seconds(1))
        #expect(await whole.value)
        let cancelled = Task { await scheduler.sleep(until: start + .seconds(9)) }
        while timers.instants.isEmpty, !Task.isCancelled { await Task.yield() }
        cancelled.cancel()
        #expect(await !cancelled.value)
    }
}
