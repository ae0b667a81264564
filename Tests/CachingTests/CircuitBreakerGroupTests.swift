import Testing

@testable import Caching

/// A breaker of a group whose members fail by themselves or together.
@Suite struct CircuitBreakerGroupTests {
    private let start = ContinuousClock.now

    /// A breaker of a group of at least so many members after failures of members, one after the other.
    private func breaker(minimum: Int, failures members: [Int?]) -> CircuitBreaker {
        var breaker = CircuitBreaker(minimumMembers: minimum)
        for member in members { breaker.recordFailure(at: start, member: member) }
        return breaker
    }

    private static func members(_ count: Int, of different: Int) -> [Int?] { (0..<count).map { $0 % different } }

    @Test(arguments: [
        (2, members(7, of: 2), true), (2, members(8, of: 2), false), (2, members(100, of: 1), true),
        (3, members(19, of: 2), true), (3, members(8, of: 3), false), (3, Array(repeating: nil, count: 7), true),
        (3, Array(repeating: nil, count: 8), false), (3, [nil] + members(6, of: 2) + [nil], true),
    ])
    func theGroupHasFailedIfEnoughMembersHave(minimum: Int, failures: [Int?], isClosed: Bool) {
        let breaker = breaker(minimum: minimum, failures: failures)
        #expect(breaker.isClosed == isClosed)
        #expect(breaker.pause(at: start) == (isClosed ? nil : .seconds(1)))
        #expect(breaker.pause(at: start + .seconds(2)) == (isClosed ? nil : .zero))
    }

    @Test func aMemberThatHasNotFailedProbesAtOnceAndThenOnceASecond() {
        var breaker = breaker(minimum: 2, failures: Self.members(8, of: 2))
        let now = start + .milliseconds(100)
        #expect(breaker.refusal(at: now, memberHealth: .affected) == .milliseconds(900))
        #expect(breaker.refusal(at: now, memberHealth: .unaffected) == nil)
        #expect(breaker.isProbing)
        breaker.recordFailure(at: now, member: 9, memberHealth: .unaffected)
        // The pause has doubled; the next member may probe a second after this one.
        #expect(breaker.refusal(at: now, memberHealth: .affected) == .seconds(2))
        #expect(breaker.refusal(at: now, memberHealth: .unaffected) == .seconds(1))
        #expect(breaker.refusal(at: now + .seconds(1), memberHealth: .unaffected) == nil)
        breaker.recordSuccess()
        #expect(breaker.isClosed)
    }

    @Test func connectionFailuresDelayEveryProbe() {
        var breaker = breaker(minimum: 2, failures: Array(repeating: nil, count: 8))
        #expect(breaker.refusal(at: start, memberHealth: .unaffected) == .seconds(1))
        #expect(breaker.refusal(at: start + .seconds(1), memberHealth: .unaffected) == nil)
    }

    @Test func failingMemberProbesLastWithoutDoublingThePause() {
        var breaker = breaker(minimum: 2, failures: Self.members(8, of: 2))
        #expect(breaker.refusal(at: start + .seconds(1), memberHealth: .failing) == .seconds(1))
        #expect(breaker.refusal(at: start + .seconds(2), memberHealth: .failing) == nil)
        breaker.recordFailure(at: start + .seconds(2), member: 0, memberHealth: .failing)
        // The pause is not doubled, and another call may probe.
        #expect(!breaker.isProbing && !breaker.isClosed)
        #expect(breaker.refusal(at: start + .seconds(2), memberHealth: .affected) == nil)
    }

    @Test func extendedPauseOverridesAShorterOne() {
        var breaker = breaker(minimum: 1, failures: Self.members(8, of: 1))
        breaker.extendPause(until: start + .milliseconds(500))
        #expect(breaker.pause(at: start) == .seconds(1))
        breaker.extendPause(until: start + .seconds(5))
        #expect(breaker.pause(at: start) == .seconds(5))
        breaker.extendPause(until: start + .seconds(600))
        #expect(breaker.pause(at: start) == .seconds(600))
        var closed = CircuitBreaker()
        closed.extendPause(until: start + .seconds(5))
        #expect(closed.isClosed && closed.pause(at: start) == nil)
    }

    @Test(arguments: [(members: 20, successes: 9, isClosed: false), (20, 20, true), (4, 9, true)])
    func eachMemberCountsOnceInASample(members: Int, successes: Int, isClosed: Bool) {
        var breaker = CircuitBreaker(minimumMembers: 30)
        for index in 0..<60 {
            breaker.recordFailure(at: start, member: index % members)
            for _ in 0..<(index < successes ? 2 : 0) { breaker.recordSuccess() }
        }
        #expect(breaker.isClosed == isClosed)
    }

    @Test func failuresOlderThanTenSecondsDoNotCount() {
        for (seconds, isClosed) in [(9, false), (10, true)] {
            var breaker = CircuitBreaker(minimumMembers: 30)
            for member in 0..<19 { breaker.recordFailure(at: start, member: member) }
            breaker.recordFailure(at: start + .seconds(seconds), member: 19)
            #expect(breaker.isClosed == isClosed, "\(seconds)")
        }
    }
}
