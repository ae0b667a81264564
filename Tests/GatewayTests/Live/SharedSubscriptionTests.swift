import GraphQL
import JSON
import TestSupport
import Testing

@testable import Gateway
@testable import Upstream

/// Equal subscriptions, whose results are made once.
@Suite(.timeLimit(.minutes(10))) struct SharedSubscriptionTests {
    /// Subscribers that begin and leave at random between changes have the events that each would have if it were alone.
    @Test(arguments: 1...6)
    func sharedSubscribersGetTheEventsOfSeparateOnes(seed: Int) async throws {
        var model = try SharedSubscriptionModel(seed: UInt64(seed))
        try await model.run(steps: 200)
    }

    private let clock = ManualClock()
    private let upstream: PolledUpstream
    private let gateway: PolledGateway
    private let id: String

    init() throws {
        upstream = PolledUpstream(clock: clock, limit: 1_000_000)
        id = upstream.make("issues", ["title": "T0", "status": "open"])
        gateway = try PolledGateway([upstream], clock: clock, reserve: 1)
    }

    private func stream(_ query: String, key: String = "k0", report: Bool = false) throws -> ResultStream {
        var caller = Caller(credential: Credential(key: key))
        caller.wantsReport = report
        guard case .stream(let stream) = gateway.service.prepare(GraphQLRequest(query: query), for: caller).subscribe()
        else { throw PolledGateway.Refused(text: query) }
        return stream
    }

    @Test func onlyEqualSubscriptionsAreShared() throws {
        let text = "subscription { issueChanged(status: \"open\") { kind } }"
        var streams = [try stream(text), try stream(text)]
        #expect(gateway.service.broadcasts.count == 1)
        // The same in other words.
        streams.append(try stream("subscription Other {\n  issueChanged(status: \"open\") { kind } }"))
        #expect(gateway.service.broadcasts.count == 1)
        // Another key, another argument, another alias, another selection.
        streams.append(try stream(text, key: "k1"))
        streams.append(try stream("subscription { issueChanged(status: \"done\") { kind } }"))
        streams.append(try stream("subscription { issueChanged(status: \"open\") { what: kind } }"))
        streams.append(try stream("subscription { issueChanged(status: \"open\") { kind id } }"))
        #expect(gateway.service.broadcasts.count == 5)
        // A report is of the subscriber's own calls.
        streams.append(try stream(text, report: true))
        #expect(gateway.service.broadcasts.count == 5)
        #expect(gateway.service.broker.changeFeeds[0].subscriberCount == 6)
        streams = []
        #expect(gateway.service.broadcasts.count == 0)
        #expect(gateway.service.broker.changeFeeds[0].subscriberCount == 0)
    }

    /// The subscriber in whose name calls are made may leave.
    @Test func othersGoOnWhenTheFirstLeaves() async throws {
        let text = "subscription { issueChanged { issue { title } } }"
        let followers = try (0..<3).map { _ in PolledGateway.Follower(try stream(text)) }
        upstream.change("issues", id, ["title": "T1"])
        try gateway.take("task.updated", of: id, event: "1")
        for follower in followers { _ = await follower.results(reach: 1) }
        followers[0].cancel()
        while followers[0].end == nil, !Task.isCancelled { await Task.yield() }
        upstream.change("issues", id, ["title": "T2"])
        try gateway.take("task.updated", of: id, event: "2")
        let expected: [JSONValue] = ["T1", "T2"].map {
            ["data": ["issueChanged": ["issue": ["title": .string($0)]]]]
        }
        for follower in followers.dropFirst() {
            #expect(await follower.results(reach: 2) == expected)
            follower.cancel()
        }
        #expect(followers[0].results == Array(expected.prefix(1)))
    }

    /// Who does not take results is dropped; nobody else waits for it.
    @Test func slowSubscriberIsDroppedAlone() async throws {
        let text = "subscription { issueChanged { issue { title } } }"
        let slow = try stream(text)
        let quick = PolledGateway.Follower(try stream(text))
        for number in 1...(ResultStream.capacity + 1) {
            upstream.change("issues", id, ["title": .string("T\(number)")])
            try gateway.take("task.updated", of: id, event: "\(number)")
            _ = await quick.results(reach: number)
        }
        let late = PolledGateway.Follower(slow)
        while late.end == nil, !Task.isCancelled { await Task.yield() }
        #expect(late.end == .dropped)
        #expect(late.results == Array(quick.results.prefix(ResultStream.capacity)))
        #expect(late.failure?["errors"]?[0]?["extensions"]?["code"] == "OVERLOADED")
        #expect(quick.end == nil)
        quick.cancel()
    }

    @Test func allEndWhenTheGatewayStops() async throws {
        let text = "subscription { issueChanged { issue { title } } }"
        let followers = try (0..<3).map { _ in PolledGateway.Follower(try stream(text)) }
        gateway.service.endSubscriptions()
        for follower in followers {
            while follower.end == nil, !Task.isCancelled { await Task.yield() }
            #expect(follower.end == .draining)
        }
        #expect(gateway.service.broadcasts.count == 0)
        let late = PolledGateway.Follower(try stream(text))
        while late.end == nil, !Task.isCancelled { await Task.yield() }
        #expect(late.end == .draining)
    }
}
