import GatewayTestSupport
import JSON
import TestSupport
import Testing

@testable import Gateway

/// The results of live queries and deferred parts have a bound together.
@Suite(.timeLimit(.minutes(5))) struct HeldResultsTests {
    @Test func endOfAHoldingReleasesItsBytes() {
        let results = HeldResults(limit: 100)
        let first = results.holding()
        do {
            let second = results.holding()
            #expect(first.change(to: 60))
            #expect(!second.change(to: 41))
            #expect(second.change(to: 40))
            #expect(first.change(to: 10))
            #expect(second.change(to: 90))
            #expect(results.bytes == 100)
        }
        #expect(results.bytes == 10)
    }

    @Test func reloadChangesTheLimit() throws {
        var configuration = try ServiceConfiguration.oneWorkspace(
            "schema @upstream { query: Query } type Query { a: [A] @rest(list: \"/a\") } type A { id: ID }",
            before: HeldTransport { _ in (200, "[]") }
        )
        configuration.limits.maximumResponseBytes = 100
        let first = GatewayService(configuration)
        let holding = first.heldResults.holding()
        #expect(holding.change(to: 1600))
        configuration.limits.maximumResponseBytes = 50
        let second = GatewayService(configuration, replacing: first)
        #expect(second.heldResults.bytes == 1600)
        #expect(second.heldResults.limit == 800)
        #expect(!holding.change(to: 1601))
        #expect(holding.change(to: 700))
        #expect(holding.change(to: 800))
    }

    @Test func liveQueryEndsWithAnError() async throws {
        let clock = ManualClock()
        let upstream = PolledUpstream(clock: clock)
        upstream.make("projects", ["name": "P"])
        let gateway = try PolledGateway([upstream], clock: clock)
        let held = gateway.service.heldResults
        let query = "query @live { projects(first: 10) { nodes { name } } }"
        let all = held.holding()
        #expect(all.change(to: held.limit))
        let refused = try gateway.follow(query)
        let response = await refused.results(reach: 1).first ?? refused.failure
        #expect(response?["errors"]?[0]?["extensions"]?["code"] == "OVERLOADED")
        #expect(all.change(to: 0))
        let follower = try gateway.follow(query)
        #expect(await follower.results(reach: 1).first?["data"] != nil)
        #expect(held.bytes > 0)
        follower.cancel()
    }

    @Test func deferredPartsAreAnError() async throws {
        let harness = try IncrementalHarness()
        let held = harness.service.heldResults
        let all = held.holding()
        #expect(all.change(to: held.limit))
        let messages = try await harness.all("{ thing { id ... @defer { name } } }")
        #expect(messages.first?["data"] == .null)
        #expect(messages.first?["errors"]?[0]?["extensions"]?["code"] == "OVERLOADED")
        #expect(held.bytes == held.limit)
    }
}
