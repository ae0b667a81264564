import GraphQL
import JSON
import Testing

@testable import Upstream

/// For how long what has failed is not called, and what clients read of that.
@Suite struct UpstreamHealthTests {
    private let start = ContinuousClock.now
    private let target = UpstreamHealth.Target(route: 1, path: 1)

    private func at(_ milliseconds: Int) -> ContinuousClock.Instant { start + .milliseconds(milliseconds) }

    @Test func aPathIsNotCalledForAsLongAsTheUpstreamAsks() {
        var health = UpstreamHealth()
        for _ in 0..<8 { _ = health.record(.fails, of: target, at: start, retryAfter: .seconds(20)) }
        let pauses = [5000, 19_999].map { health.refusal(of: target, at: at($0)) }
        #expect(pauses == [.part(.seconds(15)), .part(.milliseconds(1))])
        // Another path of the route is called.
        let other = health.refusal(of: UpstreamHealth.Target(route: 1, path: 2), at: at(5000))
        #expect(other == nil)
        let after = health.refusal(of: target, at: at(20_000))
        #expect(after == nil)
    }

    @Test func oneFailureThatStatesAPauseStopsItsPathAlone() {
        var health = UpstreamHealth()
        _ = health.record(.fails, of: target, at: start, retryAfter: .seconds(100))
        let pauses = [0, 40_000, 99_999].map { health.refusal(of: target, at: at($0)) }
        #expect(pauses == [.stated(.seconds(100)), .stated(.seconds(60)), .stated(.milliseconds(1))])
        let other = health.refusal(of: UpstreamHealth.Target(route: 1, path: 2), at: start)
        #expect(other == nil)
        #expect(health.isAvailable)
        let after = health.refusal(of: target, at: at(100_000))
        #expect(after == nil)
    }

    @Test func aPathThatIsPausedWhileOthersFailIsNotProbed() {
        var health = UpstreamHealth()
        let targets = (1...3).map { UpstreamHealth.Target(route: 1, path: $0) }
        for _ in 0..<8 {
            for target in targets { _ = health.record(.fails, of: target, at: start, retryAfter: .seconds(300)) }
        }
        let probe = health.probe(among: targets + [UpstreamHealth.Target(route: 1, path: 4)], at: at(40_000))
        #expect(probe == 3)
        let refusals = targets.map { health.refusal(of: $0, at: at(299_999)) != nil }
        #expect(refusals == [true, true, true])
    }

    @Test func aResponseEndsAStatedPause() {
        var health = UpstreamHealth()
        _ = health.record(.fails, of: target, at: start, retryAfter: .seconds(100))
        _ = health.record(.works, of: target, at: start)
        let refusal = health.refusal(of: target, at: start)
        #expect(refusal == nil)
    }

    @Test func endedOutageReopensAllPaths() {
        var health = UpstreamHealth()
        let targets = (1...4).map { UpstreamHealth.Target(route: $0, path: $0) }
        for _ in 0..<8 {
            for target in targets { _ = health.record(.fails, of: target, at: start, retryAfter: .seconds(20)) }
        }
        #expect(!health.isAvailable)
        // What has not failed shows that the upstream works again.
        let probe = UpstreamHealth.Target(route: 5, path: 5)
        let refusal = health.refusal(of: probe, at: at(1000))
        #expect(refusal == nil)
        _ = health.record(.works, of: probe, at: at(1000))
        #expect(health.isAvailable)
        let refusals = targets.map { health.refusal(of: $0, at: at(1000)) }
        #expect(refusals == [nil, nil, nil, nil])
    }

    /// The milliseconds since the upstream asked to wait 20 seconds, and the seconds that a client has to wait.
    @Test(arguments: [(0, 20), (1, 20), (300, 20), (1000, 19), (18_999, 2), (19_000, 1), (19_999, 1)])
    func clientsWaitWholeSeconds(milliseconds: Int, seconds: Int) {
        let health = WorkspaceHealth(slug: "main")
        for _ in 0..<8 { health.record(.fails, of: target, path: "/a", at: start, retryAfter: .seconds(20)) }
        let refusal = health.refusal(of: target, at: at(milliseconds))
        let unit = seconds == 1 ? "second" : "seconds"
        #expect(
            refusal?.failure
                == FieldFailure(
                    .workspaceUnavailable,
                    "A resource of workspace \"main\" is temporarily unavailable after repeated failures; "
                        + "retry in \(seconds) \(unit).",
                    more: ["workspace": "main", "retryAfter": .integer(seconds)]
                )
        )
    }
}
