import GraphQL
import Synchronization
import Testing

@testable import Upstream

/// How long cached responses live while webhooks report changes.
@Suite struct ReportStatusTests {
    private let start = ContinuousClock.now
    private let type = TypeID(index: 3)
    private let key = Credential(key: "k")
    private let status = ReportStatus()

    private func at(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

    /// The age at which a response ends, in seconds.
    private func maxAge(of age: Int, at seconds: Int, _ key: Credential? = nil) -> Int64 {
        var policy = CachePolicy()
        (policy.maxAge, policy.reportedMaxAge) = (.seconds(30), .seconds(300))
        return status.policy(policy, for: type, age: .seconds(age), key, at: at(seconds)).maxAge.components.seconds
    }

    @Test func onlyResponsesSinceTheFirstReadingLiveLonger() {
        status.onDemand(of: [type]) { _, _ in }
        #expect(maxAge(of: 5, at: 100) == 30)
        status.noteEvent()
        status.trust(type, since: at(90), until: at(200), at: at(100))
        #expect(maxAge(of: 5, at: 100) == 300)
        #expect(maxAge(of: 10, at: 100) == 300)
        // It may lack a change that the first reading has and that nobody reported.
        #expect(maxAge(of: 11, at: 100) == 30)
        // It goes on: what has been looked at is still known.
        status.trust(type, since: at(150), until: at(300), at: at(160))
        #expect(maxAge(of: 160, at: 250) == 300)
        #expect(maxAge(of: 10, at: 300) == 30)
        // It begins again.
        status.trust(type, since: at(310), until: at(400), at: at(320))
        #expect(maxAge(of: 20, at: 320) == 30)
        #expect(maxAge(of: 10, at: 320) == 300)
        #expect(status.distrust())
        #expect(!status.distrust())
        #expect(maxAge(of: 10, at: 320) == 30)
    }

    @Test func typesThatAreNotLookedAtLiveAsDeclared() {
        status.onDemand(of: []) { _, _ in }
        status.noteEvent()
        status.trust(type, since: at(0), until: at(200), at: at(0))
        #expect(maxAge(of: 5, at: 10) == 30)
    }

    @Test func confirmationIsAskedForOnceAMinute() {
        let asked = Mutex<[Credential]>([])
        status.onDemand(of: [type]) { _, _ in Issue.record("Who asks no more was asked.") }
        status.onDemand(of: [type]) { _, credential in asked.withLock { $0.append(credential) } }
        status.noteEvent()
        let other = Credential(key: "l")
        _ = maxAge(of: 10, at: 0, key)
        #expect(asked.withLock { $0 } == [])
        for seconds in [0, 1, 59, 60, 61, 130] { _ = maxAge(of: 20, at: seconds, seconds == 60 ? other : key) }
        #expect(asked.withLock { $0 } == [key, other, key])
    }
}
