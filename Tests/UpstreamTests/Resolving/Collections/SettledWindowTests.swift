import JSON
import Synchronization
import TestSupport
import Testing

@testable import Upstream

/// Windows that are stored with their page: they are what a reading of the page would bring, whatever has been learned of the list.
@Suite(.timeLimit(.minutes(15))) struct SettledWindowTests {
    private static let sdl = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page", sort: "sort", order: "order")
          @cacheControl(maxAge: 60) { query: Query }
        type Query {
          rows(color: String, sort: String, first: Int, after: String, last: Int, before: String, page: Int, perPage: Int): Rows
            @rest(list: "/rows{?color,sort}")
          plain(color: String, first: Int): [Row!] @rest(list: "/rows{?color}")
          loose(color: String, first: Int): [Row] @rest(list: "/rows{?color}")
          others(color: String, first: Int): Others @rest(list: "/rows{?color}")
        }
        type Row @entity(get: "/rows/{id}", deletedAt: "deleted_at") { id: ID! name: String }
        type Other @entity(get: "/others/{name}", key: "name") { name: ID! }
        type Rows { nodes: [Row!]! edges: [Edge!]! totalCount: Int pageInfo: PageInfo! }
        type Others { nodes: [Other!]! totalCount: Int pageInfo: PageInfo! }
        type Edge { cursor: String! node: Row! }
        type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
        """

    /// How an upstream lists its rows.
    struct Listing: Sendable, CustomTestStringConvertible {
        var rows = 3
        /// What a page states as the count of all rows: right, its own, wrong, or nothing.
        var count: String?
        /// How many rows a page has at most, however many are asked for.
        var cap = 100
        /// What stands between the rows.
        var extra: String?

        var testDescription: String {
            "\(rows) rows, \(cap) a page, count \(count ?? "none"), with \(extra ?? "nothing else")"
        }

        func page(_ path: String) -> String {
            func parameter(_ name: String) -> Int? {
                path.split(separator: "\(name)=").dropFirst().first?.prefix { $0 != "&" }.description.int
            }
            let size = min(cap, parameter("per_page") ?? 20)
            let start = ((parameter("page") ?? 1) - 1) * size
            var shown = (min(start, rows)..<min(start + size, rows)).map { #"{"id":"r\#($0)","name":"n\#($0)"}"# }
            if let extra, !shown.isEmpty { shown.insert(extra, at: shown.count / 2) }
            let stated =
                ["all": rows, "own": shown.count, "wrong": rows + 7][count ?? ""].map { ",\"count\":\($0)" } ?? ""
            return #"{"data":[\#(shown.joined(separator: ","))]\#(stated)}"#
        }
    }

    private static let listings: [Listing] = {
        var listings: [Listing] = []
        for rows in [0, 1, 3, 20, 99, 100, 101, 230] {
            for count in ["all", "own", "wrong", nil] { listings.append(Listing(rows: rows, count: count)) }
        }
        listings += [20, 40, 60].map { Listing(rows: $0, count: "all", cap: 20) }
        listings += [20, 40, 60].map { Listing(rows: $0, cap: 20) }
        let extras = [
            "null", "7", #"{"id":"r0","name":"n0"}"#, #"{"id":"d","deleted_at":"2026-01-01"}"#, #"{"name":"no key"}"#,
        ]
        for extra in extras {
            listings += [nil, "all"].map { Listing(rows: 4, count: $0, extra: extra) }
        }
        return listings
    }()

    private static let fields =
        "nodes { id name } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
    private static let queries: [String] =
        [0, 1, 2, 3, 5, 20, 60, 100, 101, 250].flatMap { first in
            [
                "{ rows(first: \(first)) { \(fields) } }", "{ rows(first: \(first)) { nodes { id } } }",
                "{ rows(first: \(first)) { nodes { name } pageInfo { hasNextPage } } }",
                "{ rows(first: \(first)) { edges { cursor node { id } } } }",
                "{ rows(first: \(first)) { totalCount } }",
                "{ rows(first: \(first), sort: \"name\") { \(fields) } }",
                "{ others(first: \(first)) { nodes { name } totalCount } }",
                "{ plain(first: \(first)) { id } loose(first: \(first)) { name } }",
                "{ a: rows(first: \(first)) { nodes { id } } b: rows(first: \(first), color: \"red\") { nodes { id } totalCount } }",
            ]
        } + ["{ rows(last: 2) { \(fields) } }", "{ rows(page: 1, perPage: 2) { \(fields) } }"]

    private static func harness(_ listing: Listing, _ store: (any ResponseStore)?) throws -> UpstreamHarness {
        try UpstreamHarness(sdl, transport: ScriptedTransport { .json(listing.page($0)) }, store: store)
    }

    @Test(arguments: listings) func storedWindowEqualsAFreshlyReadOne(listing: Listing) async throws {
        // The same, but that no window is found again.
        let storing = try Self.harness(listing, nil)
        let reading = try Self.harness(listing, CopyingStore())
        var random = SeededGenerator(seed: UInt64(listing.rows))
        for _ in 1...4 {
            for query in Self.queries.shuffled(using: &random) {
                for _ in 1...2 {
                    let (response, expected) = (try await storing.run(query), try await reading.run(query))
                    #expect(response == expected, "\(query)")
                }
            }
        }
        #expect(storing.transport.paths == reading.transport.paths)
    }

    /// The response to the first page of the rows, as it is cached.
    private func firstPage(_ harness: UpstreamHarness) throws -> CachedResponse {
        let credential = Credential(authorization: nil)
        let key = CacheKey(workspace: 0, scope: .credential(credential), path: "/rows?page=1&per_page=100")
        guard case .found(let cached) = harness.broker.store.response(for: key) else { throw NotCached() }
        return cached
    }

    private struct NotCached: Error {}

    @Test func atMostTwoWindowsAreStoredWithAPage() async throws {
        let harness = try Self.harness(Listing(rows: 30, count: "all"), nil)
        for _ in 1...4 { _ = try await harness.run("{ rows(first: 5) { nodes { id } totalCount } }") }
        let cached = try firstPage(harness)
        let window = try #require(cached.derived(SettledWindow.self) { _ in true })
        // Two are stored at most, the latest ones.
        for first in 6...9 {
            for _ in 1...2 { _ = try await harness.run("{ rows(first: \(first)) { nodes { id } totalCount } }") }
        }
        #expect(cached.derived(SettledWindow.self) { $0 === window } == nil)
        var count = 0
        _ = cached.derived(SettledWindow.self) { _ in
            count += 1
            return false
        }
        #expect(count == 2)
        #expect(harness.transport.paths.count == 1)
    }

    /// A page that is fetched anew has windows of its own.
    @Test func aNewPageIsShown() async throws {
        let clock = ManualClock()
        let state = Mutex(Listing(rows: 3, count: "all"))
        let transport = ScriptedTransport { path in .json(state.withLock { $0.page(path) }) }
        let harness = try UpstreamHarness(Self.sdl, transport: transport, clock: clock)
        let query = "{ rows(first: 2) { nodes { id } totalCount } }"
        for rows in [3, 1, 0, 5] {
            state.withLock { $0 = Listing(rows: rows, count: "all") }
            clock.advance(by: .seconds(61))
            for _ in 1...4 {
                let response = try await harness.run(query, timeLeft: .seconds(1))
                let ids = (0..<min(2, rows)).map { JSONValue.object(["id": .string("r\($0)")]) }
                #expect(response["data"]?["rows"] == ["nodes": .array(ids), "totalCount": .integer(rows)])
            }
        }
        #expect(transport.paths.count == 4)
    }
}

extension String {
    fileprivate var int: Int? { Int(self) }
}
