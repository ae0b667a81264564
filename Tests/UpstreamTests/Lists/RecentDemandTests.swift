import Testing

@testable import Upstream

@Suite struct RecentDemandTests {
    private let start = ContinuousClock.now

    @Test func uncertainDemandCountsForHalf() {
        var demand = RecentDemand(at: start)
        for name in 1...5 { demand.note(name, isCertain: false, at: start) }
        #expect(demand.count(at: start, without: []) == 3)
        demand.note(1, isCertain: true, at: start)
        demand.note(2, isCertain: true, at: start)
        #expect(demand.count(at: start, without: []) == 4)
        demand.forget(3)
        #expect(demand.count(at: start, without: []) == 3)
        #expect(demand.count(at: start, without: [1, 4, 9]) == 2)
        demand.note(1, isCertain: false, at: start)
        #expect(demand.count(at: start, without: [2, 4, 5]) == 1)
    }

    @Test func whatWasAskedForAMinuteAgoDoesNotCount() {
        var demand = RecentDemand(at: start)
        demand.note(1, isCertain: true, at: start)
        #expect(demand.count(at: start + .seconds(60), without: []) == 1)
        #expect(demand.count(at: start + .seconds(61), without: []) == 0)
        demand.note(2, isCertain: true, at: start + .seconds(61))
        #expect(demand.count(at: start + .seconds(61), without: []) == 1)
    }

    @Test func demandIsRememberedUpToAMaximum() {
        var demand = RecentDemand(at: start)
        for name in 0..<1000 { demand.note(name, isCertain: true, at: start) }
        #expect(demand.count(at: start, without: []) == RecentDemand.maximum)
    }
}
