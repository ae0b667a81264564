import JSON
import TestSupport
import Testing
import Upstream

/// Fields that are resolved together: what one of them declares does not hold for the others.
@Suite struct SeparateFieldTests {
    private static let sdl = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page") { query: Query }
        type Query {
          all: [Row!] @rest(list: "/rows") @cacheControl(maxAge: 60)
          some(kind: String): [Row!] @rest(list: "/rows{?kind}", equals: ["kind"]) @cacheControl(maxAge: 60)
          any(kind: [String!]): [Row!] @rest(list: "/rows{?kind}") @cacheControl(maxAge: 60)
          posts(user: Int, q: String): [Post!] @rest(list: "/users/{user}/posts{?q}", equals: ["q"]) @cacheControl(maxAge: 60)
          drafts(user: Int, q: String): [Post!] @rest(list: "/users/{user}/drafts{?q}") @cacheControl(maxAge: 60)
          connection(user: Int): PostConnection @rest(list: "/users/{user}/empty") @cacheControl(maxAge: 60)
          old: Thing @rest(get: "/thing") @cacheControl(maxAge: 100)
          now: Thing @rest(get: "/thing")
          soon: Thing @rest(get: "/thing") @cacheControl(maxAge: 1)
        }
        type Row { id: ID! }
        type Post { id: ID! }
        type PostConnection { nodes: [Post!]! pageInfo: PageInfo! }
        type PageInfo { hasNextPage: Boolean! }
        type Thing { version: Int }
        """

    private static func rows(_ ids: [String], _ kinds: [String]) -> ScriptedTransport.Outcome {
        let rows = zip(ids, kinds).map { #"{"id":"\#($0)","kind":"\#($1)","q":"x"}"# }
        return .json(#"{"data":[\#(rows.joined(separator: ","))],"count":\#(rows.count)}"#)
    }

    private static func upstream() -> ScriptedTransport {
        ScriptedTransport { path in
            if path.hasPrefix("/thing") { return .json(#"{"version":1}"#) }
            if path.contains("/empty") { return rows([], []) }
            if path.contains("/posts") { return rows(["p1", "p2"], ["a", "a"]) }
            if path.contains("/drafts") { return rows(["d1", "d2", "d3"], ["a", "a", "a"]) }
            return path.contains("kind=sf")
                ? rows(["1", "2"], ["sf", "sf"]) : rows(["1", "2", "3"], ["sf", "sf", "crime"])
        }
    }

    private func ids(_ json: JSONValue, _ field: String) -> [String] {
        json["data"]?[field]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
    }

    @Test func aCachedListIsNotShownInPlaceOfAnother() async throws {
        let harness = try UpstreamHarness(Self.sdl, transport: Self.upstream())
        for _ in 1...2 {
            let rows = try await harness.run(#"{ all { id } some(kind: "sf") { id } }"#, fromMemory: true)
            #expect(ids(rows, "all") == ["1", "2", "3"])
            #expect(ids(rows, "some") == ["1", "2"])
            let posts = try await harness.run(
                "{ posts(user: 1) { id } drafts(user: 1) { id } connection(user: 1) { nodes { id } } }",
                fromMemory: true
            )
            #expect(posts["errors"] == nil)
            #expect(ids(posts, "posts") == ["p1", "p2"])
            #expect(ids(posts, "drafts") == ["d1", "d2", "d3"])
            #expect(posts["data"]?["connection"] == ["nodes": []])
        }
    }

    /// `q` is an equality filter of posts, and a search in drafts.
    @Test func equalityFiltersAreSeparateForEachPath() async throws {
        let harness = try UpstreamHarness(Self.sdl, transport: Self.upstream())
        _ = try await harness.run("{ drafts(user: 1) { id } }")
        let json = try await harness.run(#"{ posts(user: 1) { id } found: drafts(user: 1, q: "a") { id } }"#)
        #expect(ids(json, "found") == ["d1", "d2", "d3"])
    }

    @Test func aListOfValuesIsNoEqualityFilter() async throws {
        let harness = try UpstreamHarness(Self.sdl, transport: Self.upstream())
        _ = try await harness.run("{ all { id } }")
        let json = try await harness.run(#"{ any(kind: ["sf", "crime"]) { id } }"#)
        #expect(ids(json, "any") == ["1", "2"])
        #expect(harness.transport.paths.count == 2)
    }

    /// A response is as old as each field that shows it allows; one call serves all fields of an operation.
    @Test func eachFieldShowsNoOlderResponseThanItDeclares() async throws {
        let clock = ManualClock()
        let harness = try UpstreamHarness(Self.sdl, transport: Self.upstream(), clock: clock)
        func calls(_ query: String) async throws -> Int {
            let before = harness.transport.paths.count
            let json = try await harness.run(query)
            #expect(json["errors"] == nil)
            return harness.transport.paths.count - before
        }
        #expect(try await calls("{ old { version } now { version } soon { version } }") == 1)
        clock.advance(by: .seconds(2))
        #expect(try await calls("{ old { version } }") == 0)
        #expect(try await calls("{ old { version } soon { version } }") == 1)
        #expect(try await calls("{ old { version } soon { version } }") == 0)
        clock.advance(by: .seconds(2))
        #expect(try await calls("{ old { version } now { version } }") == 1)
    }
}
