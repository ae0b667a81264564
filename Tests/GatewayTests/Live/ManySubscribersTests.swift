import JSON
import TestSupport
import Testing

@testable import Gateway
@testable import Upstream

/// What many subscribers cost.
@Suite(.timeLimit(.minutes(10))) struct ManySubscribersTests {
    private static let subscribers = 1000

    @Test func subscribersOfOneIssueWithOneKeyCostOneCallAnEvent() async throws {
        let clock = ManualClock()
        let upstream = PolledUpstream(clock: clock, limit: 1_000_000)
        let id = upstream.make("issues", ["title": "T0"])
        // Nothing is read to find changes.
        let gateway = try PolledGateway([upstream], clock: clock, reserve: 1)
        let text = "subscription { issueChanged(ids: [\"\(id)\"]) { kind issue { id title } } }"
        let followers = try (0..<Self.subscribers).map { _ in try gateway.follow(text) }
        var expected: [JSONValue] = []
        for number in 1...3 {
            let title = JSONValue.string("T\(number)")
            upstream.change("issues", id, ["title": title])
            let before = upstream.paths.count
            try gateway.take("task.updated", of: id, event: "evt_\(number)")
            let issue: JSONValue = ["id": .string(id), "title": title]
            expected.append(["data": ["issueChanged": ["kind": "UPDATED", "issue": issue]]])
            for follower in followers { _ = await follower.results(reach: number) }
            #expect(Array(upstream.paths[before...]) == ["/issues/\(id)"])
        }
        for follower in followers {
            #expect(follower.results == expected)
            follower.cancel()
        }
    }

    /// Whether webhooks report changes is the same for all keys.
    @Test func oneKeyPaysForFindingOutWhetherWebhooksReportChanges() async throws {
        let clock = ManualClock()
        let upstream = PolledUpstream(clock: clock, limit: 1_000_000)
        let ids = (0..<5).map { upstream.make("issues", ["title": .string("T\($0)")]) }
        let gateway = try PolledGateway([upstream], clock: clock)
        try gateway.take("task.updated", of: ids[0], event: "evt_1")
        for _ in 0..<15 {
            for key in ["k0", "k1", "k2"] {
                let response = try await gateway.query("{ issues { nodes { title } } }", key: key)
                #expect(response["errors"] == nil)
            }
            await gateway.pass(seconds: 20)
        }
        // A minute lies between two of them.
        #expect((4...6).contains(upstream.paths.count { $0.contains("sort=updated_at") }))
    }

    /// A response that is older than the first reading may lack a change of which nobody has learned.
    @Test func responseOlderThanTheFirstPollExpiresAsDeclared() async throws {
        let clock = ManualClock()
        let upstream = PolledUpstream(clock: clock, limit: 1_000_000)
        let ids = (0..<5).map { upstream.make("issues", ["title": .string("T\($0)")]) }
        let gateway = try PolledGateway([upstream], clock: clock)
        let list = "{ issues { nodes { title } } }"
        let single = "{ issue(id: \"\(ids[1])\") { title } }"
        _ = try await gateway.query(single, key: "k0")
        // No event reports this.
        upstream.change("issues", ids[1], ["title": "unreported"])
        try gateway.take("task.updated", of: ids[0], event: "evt_1")
        _ = try await gateway.query(list, key: "k1")
        await gateway.pass(seconds: 20)
        // Lets the list be read, with the change.
        _ = try await gateway.query(list, key: "k1")
        await gateway.pass(seconds: 45)
        #expect(gateway.service.polling.reportsChanges(0))
        let response = try await gateway.query(single, key: "k0")
        #expect(response["data"]?["issue"]?["title"] == "unreported")
    }
}
