import GatewayTestSupport
import GraphQL
import JSON
import TestSupport
import Testing

@testable import Gateway
@testable import Upstream

/// Subscriptions with a key that the upstream does not accept end with the first call that shows it, without any change.
@Suite(.timeLimit(.minutes(5))) struct RefusedSubscriptionTests {
    private let clock = ManualClock()
    private let upstream: PolledUpstream
    private let gateway: PolledGateway

    private static let subscription = "subscription { issueChanged { kind } }"

    init() throws {
        upstream = PolledUpstream(clock: clock)
        upstream.make("issues", ["title": "T"])
        gateway = try PolledGateway([upstream], clock: clock)
    }

    private func expectRefusal(_ follower: PolledGateway.Follower) async {
        while follower.end == nil, !Task.isCancelled { await Task.yield() }
        #expect(follower.results == [])
        #expect(follower.failure?["errors"]?[0]?["extensions"]?["code"] == "UNAUTHENTICATED")
        // Nobody asks with that key any more.
        await gateway.settle()
        await gateway.pass(seconds: 120)
        #expect(gateway.service.polling.readerCount == 0)
    }

    @Test func aKeyThatIsRefusedFromTheBeginningEndsTheStream() async throws {
        upstream.refusesKeys = true
        await expectRefusal(try gateway.follow(Self.subscription))
    }

    @Test func aKeyThatIsRefusedLaterEndsTheStream() async throws {
        let follower = try gateway.follow(Self.subscription)
        await gateway.settle()
        await gateway.pass(seconds: 60)
        #expect(follower.end == nil)
        upstream.refusesKeys = true
        await gateway.pass(seconds: 60)
        await expectRefusal(follower)
    }

    /// One that joins when the refusal is known learns of it, too.
    @Test func refusedKeyEndsEverySubscription() async throws {
        upstream.refusesKeys = true
        let followers = try (0..<3).map { _ in try gateway.follow(Self.subscription) }
        for follower in followers { await expectRefusal(follower) }
        await expectRefusal(try gateway.follow("subscription { issueChanged { id } }"))
    }

    @Test func aKeyThatIsAcceptedAgainCanSubscribe() async throws {
        upstream.refusesKeys = true
        await expectRefusal(try gateway.follow(Self.subscription))
        upstream.refusesKeys = false
        let follower = try gateway.follow(Self.subscription)
        await gateway.settle()
        let id = try #require(upstream.list("issues").first?["id"]?.stringValue)
        upstream.change("issues", id, ["title": "changed"])
        await gateway.pass(seconds: 10)
        #expect(await follower.results(reach: 1).count == 1)
        follower.cancel()
    }
}
