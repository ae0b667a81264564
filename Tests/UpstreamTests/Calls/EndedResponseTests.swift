import Caching
import GraphQL
import JSON
import Synchronization
import TestSupport
import Testing

@testable import Upstream

/// A full response to a call takes the place of what was cached, whatever it says and whoever waits for it.
@Suite(.timeLimit(.minutes(15))) struct EndedResponseTests {
    private static let sdl = """
        schema @upstream(items: "data") @cacheControl(maxAge: 10, staleWhileRevalidate: 50, staleIfError: 300) {
          query: Query
        }
        type Query {
          things: [Thing!] @rest(list: "/things")
          others: [Thing!] @rest(list: "/others")
          thing(id: ID!): Thing @rest(get: "/things/{id}")
          detail(id: ID!): Thing @rest(get: "/things/{id}")
        }
        type Thing @entity(get: "/things/{id}", deletedAt: "deleted_at") { id: ID! name: String more: String }
        """

    private let clock = ManualClock()
    /// What the upstream has in place of its usual responses, by path.
    private let changed = Changes()

    private final class Changes: Sendable {
        private let outcomes = Mutex<[String: ScriptedTransport.Outcome]>([:])

        subscript(path: String) -> ScriptedTransport.Outcome? {
            get { outcomes.withLock { $0[path] } }
            set { outcomes.withLock { $0[path] = newValue } }
        }
    }

    private func harness() throws -> UpstreamHarness {
        let transport = ScriptedTransport { [changed] path in
            if let response = changed[path] ?? changed["*"] { return response }
            switch path {
            case "/things": return .json(#"{"data":[{"id":"1","name":"one"},{"id":"2","name":"two"}]}"#)
            case "/others": return .json(#"{"data":[{"id":"3","name":"three"}]}"#)
            default: return .json(#"{"id":"\#(path.last ?? "?")","name":"single","more":"m"}"#)
            }
        }
        return try UpstreamHarness(Self.sdl, transport: transport, clock: clock)
    }

    /// Waits until the upstream has been asked so often, and the last response is settled.
    private func calls(of harness: UpstreamHarness, reach count: Int) async {
        while harness.transport.paths.count < count, !Task.isCancelled { await Task.yield() }
        while !harness.broker.pendingCalls.entries(where: { _, _ in true }).isEmpty, !Task.isCancelled {
            await Task.yield()
        }
    }

    private let list = "{ things { name } }"

    @Test func aRevokedKeyReadsNoMoreOnceItsRefreshIsRefused() async throws {
        let harness = try harness()
        _ = try await harness.run(list, authorization: "k")
        _ = try await harness.run("{ others { name } }", authorization: "k")
        changed["*"] = .status(401, "")
        clock.advance(by: .seconds(11))
        // It is served once more while the call is made that is refused.
        let stale = try await harness.run(list, authorization: "k")
        #expect(stale["data"]?["things"]?[0]?["name"] == "one")
        await calls(of: harness, reach: 3)
        for query in [list, "{ others { name } }"] {
            let response = try await harness.run(query, authorization: "k")
            #expect(response["errors"]?[0]?["extensions"]?["code"] == "UNAUTHENTICATED")
        }
        // Another key has its own.
        changed["*"] = nil
        let other = try await harness.run(list, authorization: "other")
        #expect(other["data"]?["things"]?[0]?["name"] == "one")
    }

    @Test(arguments: [403, 404, 410])
    func deniedOrMissingListIsNotServedFromTheCache(status: Int) async throws {
        let harness = try harness()
        _ = try await harness.run(list)
        changed["/things"] = .status(status, "")
        clock.advance(by: .seconds(11))
        _ = try await harness.run(list)
        await calls(of: harness, reach: 2)
        let response = try await harness.run(list)
        #expect(response["data"]?["things"] == .null)
        #expect(response["errors"]?[0]?["extensions"]?["code"] == (status == 403 ? "FORBIDDEN" : "NOT_FOUND"))
        // What is gone is cached like anything else; what is denied may be allowed at any time.
        #expect(harness.transport.paths.count == (status == 403 ? 3 : 2))
    }

    @Test func aListOfWhichOnePageIsDeniedEnds() async throws {
        let sdl = Self.sdl.replacing(
            #"items: "data""#,
            with: #"items: "data", page: "page", perPage: "size", maxPerPage: 2"#
        )
        .replacing("things: [", with: "things(first: Int, after: String): [")
        let transport = ScriptedTransport { [changed] path in
            let page = path.contains("page=2") ? 2 : 1
            return changed[path] ?? .json(#"{"data":[{"id":"\#(page)a","name":"x"},{"id":"\#(page)b","name":"x"}]}"#)
        }
        let harness = try UpstreamHarness(sdl, transport: transport, clock: clock)
        let start = "{ things(first: 2) { name } }"
        for key in ["a", "b"] { _ = try await harness.run(start, authorization: key) }
        changed["/things?page=2&size=2"] = .status(403, "")
        let more = try await harness.run("{ things(first: 4) { name } }", authorization: "a")
        #expect(more["errors"]?[0]?["extensions"]?["code"] == "FORBIDDEN")
        changed["/things?page=1&size=2"] = .status(403, "")
        let denied = try await harness.run(start, authorization: "a")
        #expect(denied["errors"]?[0]?["extensions"]?["code"] == "FORBIDDEN")
        // Another key keeps its own.
        let other = try await harness.run(start, authorization: "b")
        #expect(other["data"]?["things"]?.arrayValue?.count == 2)
    }

    @Test(
        arguments: [
            .status(403, ""), .status(404, ""), .status(410, ""),
            .json(#"{"id":"1","deleted_at":"2026-01-01T00:00:00Z"}"#),
        ] as [ScriptedTransport.Outcome]
    )
    func anObjectThatIsGoneEndsTheListsThatShowItAndNoOthers(outcome: ScriptedTransport.Outcome) async throws {
        let harness = try harness()
        _ = try await harness.run(list)
        _ = try await harness.run("{ others { name } }")
        changed["/things/1"] = outcome
        _ = try await harness.run(#"{ detail(id: "1") { more } }"#)
        _ = try await harness.run("{ others { name } }")
        #expect(harness.transport.paths == ["/things", "/others", "/things/1"])
        _ = try await harness.run(list)
        #expect(harness.transport.paths == ["/things", "/others", "/things/1", "/things"])
    }

    @Test func lookupsOfUnknownObjectsInvalidateNothing() async throws {
        let harness = try harness()
        _ = try await harness.run(list)
        changed["/things/9"] = .status(404, "")
        _ = try await harness.run(#"{ detail(id: "9") { more } }"#)
        _ = try await harness.run(list)
        #expect(harness.transport.paths == ["/things", "/things/9"])
    }

    @Test func aRefreshThatFailsIsNotTriedAgainWithEveryRequest() async throws {
        let harness = try harness()
        _ = try await harness.run(list)
        changed["/things"] = .broken(.malformedResponse)
        clock.advance(by: .seconds(11))
        _ = try await harness.run(list)
        await calls(of: harness, reach: 2)
        // What the background call notes last can still be on its way.
        while harness.broker.failedRefreshes.count == 0, !Task.isCancelled { await Task.yield() }
        for _ in 0..<5 { _ = try await harness.run(list) }
        #expect(harness.transport.paths.count == 2)
        clock.advance(by: .seconds(6))
        _ = try await harness.run(list)
        await calls(of: harness, reach: 3)
    }
}
