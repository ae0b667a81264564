import TestSupport
import Testing

@testable import Gateway

@Suite struct ClientLimiterTests {
    private let start = ContinuousClock.now
    private let alice: [ClientID] = [.address("alice")]
    private let bob: [ClientID] = [.address("bob")]

    @Test func theRequestsOfAMinuteAreCounted() {
        var limiter = ClientLimiter(ClientLimits(requestsPerMinute: 2))
        let statuses = [0, 10_500, 59_999, 60_000].map { limiter.admit(alice, at: start + .milliseconds($0)) }
        #expect(
            statuses == [
                RateLimitStatus(isAllowed: true, remainingRequests: 1, remainingCalls: nil, secondsLeft: 60),
                RateLimitStatus(isAllowed: true, remainingRequests: 0, remainingCalls: nil, secondsLeft: 50),
                RateLimitStatus(isAllowed: false, remainingRequests: 0, remainingCalls: nil, secondsLeft: 1),
                RateLimitStatus(isAllowed: true, remainingRequests: 1, remainingCalls: nil, secondsLeft: 60),
            ]
        )
        #expect(statuses.map(\.retryAfter) == [nil, nil, 1, nil])
    }

    @Test func whatTheGatewayRefusesIsNotCounted() {
        var limiter = ClientLimiter(ClientLimits(requestsPerMinute: 2, callsPerMinute: 10))
        _ = limiter.admit(alice, at: start)
        _ = limiter.charge(7, to: alice, at: start)
        let refunded = limiter.refund(requests: 1, calls: 7, of: alice, at: start)
        #expect((refunded.remainingRequests, refunded.remainingCalls) == (2, 10))
        // The next minute owes nothing to this one.
        _ = limiter.refund(requests: 1, calls: 7, of: alice, at: start + .seconds(60))
        #expect(limiter.admit(alice, at: start + .seconds(60)).remainingRequests == 1)
    }

    @Test func clientsAreCountedApart() {
        var limiter = ClientLimiter(ClientLimits(requestsPerMinute: 1))
        let admitted = [alice, alice, bob, bob].map { limiter.admit($0, at: start).isAllowed }
        #expect(admitted == [true, false, true, false])
    }

    @Test func aRequestCountsForEachKeyThatItSpendsOrForNone() {
        var limiter = ClientLimiter(ClientLimits(requestsPerMinute: 2))
        let both = alice + bob
        let admitted = [both, alice, alice, both, bob, bob].map { limiter.admit($0, at: start).isAllowed }
        #expect(admitted == [true, true, false, false, true, false])
    }

    @Test func theStatusOfSeveralClientsIsThatOfTheOneWithLeastLeft() {
        var limiter = ClientLimiter(ClientLimits(requestsPerMinute: 3))
        _ = limiter.admit(alice, at: start)
        let later = start + .seconds(20)
        let status = RateLimitStatus(isAllowed: true, remainingRequests: 1, remainingCalls: nil, secondsLeft: 40)
        #expect(limiter.admit(bob + alice, at: later) == status)
        _ = limiter.admit(alice, at: later)
        let refused = RateLimitStatus(isAllowed: false, remainingRequests: 0, remainingCalls: nil, secondsLeft: 40)
        #expect(limiter.admit(alice + bob, at: later) == refused)
        #expect(limiter.admit(bob, at: later).remainingRequests == 1)
    }

    @Test func refusedOperationIsNotCharged() {
        var limiter = ClientLimiter(ClientLimits(callsPerMinute: 10))
        let statuses = [6, 5, 4, 1, 0].map { limiter.charge($0, to: alice, at: start) }
        #expect(statuses.map(\.isAllowed) == [true, false, true, false, true])
        #expect(statuses.map(\.remainingCalls) == [4, 4, 0, 0, 0])
    }

    @Test func chargeSaturatesAtIntegerBounds() {
        var limiter = ClientLimiter(ClientLimits(callsPerMinute: 10))
        #expect(limiter.charge(3, to: alice, at: start).isAllowed)
        #expect(limiter.charge(.min, to: alice, at: start).remainingCalls == 7)
        #expect(!limiter.charge(.max, to: alice, at: start).isAllowed)
        var unlimited = ClientLimiter(ClientLimits())
        #expect(unlimited.charge(.max, to: alice, at: start).isAllowed)
        #expect(!unlimited.charge(.max, to: alice, at: start).isAllowed)
    }

    @Test(
        arguments: [
            (ClientLimits(), nil, nil),
            (ClientLimits(requestsPerMinute: 100), #""requests";q=100;w=60"#, #""requests";r=99;t=60"#),
            (ClientLimits(callsPerMinute: 50), #""calls";q=50;w=60"#, #""calls";r=50;t=60"#),
            (
                ClientLimits(requestsPerMinute: 100, callsPerMinute: 50),
                #""requests";q=100;w=60, "calls";q=50;w=60"#, #""requests";r=99;t=60, "calls";r=50;t=60"#
            ),
        ] as [(ClientLimits, String?, String?)]
    )
    func rateLimitFieldsFollowTheDraft(_ limits: ClientLimits, policy: String?, rateLimit: String?) {
        var limiter = ClientLimiter(limits)
        #expect(limiter.policyField == policy)
        #expect(limiter.admit(alice, at: start).rateLimitField == rateLimit)
    }

    @Test func aFloodOfClientsForgetsOthersButNotWhoKeepsAsking() {
        var limiter = ClientLimiter(ClientLimits(requestsPerMinute: 3), rememberedClients: 10)
        var admitted = 0
        for index in 0..<1000 {
            if limiter.admit(alice, at: start).isAllowed { admitted += 1 }
            #expect(limiter.admit([.address("stranger \(index)")], at: start).isAllowed)
        }
        #expect(admitted == 3)
    }

    /// Whatever the times, no client gets more in a minute that began with its first request than its limit.
    @Test(arguments: UInt64(0)..<20)
    func countsAsANaiveModelDoes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var limiter = ClientLimiter(ClientLimits(requestsPerMinute: 5, callsPerMinute: 20))
        var model: [[ClientID]: (end: Int, requests: Int, calls: Int)] = [:]
        var time = 0
        for _ in 0..<500 {
            time += Int.random(in: 0...4000, using: &generator)
            let client = [alice, bob][Int.random(in: 0...1, using: &generator)]
            var usage = model[client] ?? (time + 60_000, 0, 0)
            if time >= usage.end { usage = (time + 60_000, 0, 0) }
            let calls = Int.random(in: 0...8, using: &generator)
            let isRequest = Bool.random(using: &generator)
            let isAllowed = isRequest ? usage.requests < 5 : usage.calls + calls <= 20
            if isAllowed, isRequest { usage.requests += 1 } else if isAllowed { usage.calls += calls }
            model[client] = usage
            let expected = RateLimitStatus(
                isAllowed: isAllowed,
                remainingRequests: 5 - usage.requests,
                remainingCalls: 20 - usage.calls,
                secondsLeft: (usage.end - time + 999) / 1000
            )
            let now = start + .milliseconds(time)
            #expect(
                (isRequest ? limiter.admit(client, at: now) : limiter.charge(calls, to: client, at: now)) == expected
            )
        }
    }
}
