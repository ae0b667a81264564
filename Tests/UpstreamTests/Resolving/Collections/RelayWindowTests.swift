import JSON
import Testing

@testable import Upstream

/// Windows by the algorithm of connections, compared with its own words.
///
/// https://relay.dev/graphql/connections.htm#sec-Pagination-algorithm
@Suite struct RelayWindowTests {
    /// The algorithm, as it is written.
    struct Algorithm {
        let all: [String]
        var after: String?
        var before: String?
        var first: Int?
        var last: Int?

        private var edges: ArraySlice<String> {
            var edges = all[...]
            if let after, let index = all.firstIndex(of: after) { edges = edges[(index + 1)...] }
            if let before, let index = edges.firstIndex(of: before) { edges = edges[..<index] }
            return edges
        }

        var rows: [String] {
            var edges = edges
            if let first { edges = edges.prefix(first) }
            if let last { edges = edges.suffix(last) }
            return Array(edges)
        }

        var hasPreviousPage: Bool {
            if let last { return edges.count > last }
            return after.flatMap { all.firstIndex(of: $0) } != nil
        }

        var hasNextPage: Bool {
            if let first { return edges.count > first }
            return before.flatMap { all.firstIndex(of: $0) } != nil
        }
    }

    @Test(arguments: [1, 2]) func everyCombinationFollowsTheAlgorithm(workspaces: Int) async throws {
        let sizes = workspaces == 1 ? [230] : [120, 110]
        let upstream = try MovingRows(
            sizes.enumerated().map { workspace, size in
                (0..<size).map { MovingRows.Row(id: "w\(workspace)r\($0)", created: $0 * 2 + workspace) }
            },
            habits: MovingRows.Habits(caches: true)
        )
        let (whole, _) = try await upstream.ask("first: 1000")
        let edges = try #require(whole?["edges"]?.arrayValue)
        let all = MovingRows.ids(whole)
        #expect(all.count == 230)
        let cursors = edges.compactMap { $0["cursor"]?.stringValue }
        for after in [nil, 0, 99, 229] as [Int?] {
            for before in [nil, 0, 100, 229] as [Int?] where (after ?? -1) < (before ?? .max) {
                for first in [nil, 0, 3, 300] as [Int?] {
                    for last in [nil, 0, 2, 300] as [Int?] where first != nil || last != nil {
                        let expected = Algorithm(
                            all: all,
                            after: after.map { all[$0] },
                            before: before.map { all[$0] },
                            first: first,
                            last: last
                        )
                        let arguments = [
                            after.map { "after: \"\(cursors[$0])\"" }, before.map { "before: \"\(cursors[$0])\"" },
                            first.map { "first: \($0)" }, last.map { "last: \($0)" },
                        ].compactMap { $0 }.joined(separator: ", ")
                        let name =
                            "after \(after ?? -1), before \(before ?? -1), first \(first ?? -1), last \(last ?? -1)"
                        let (rows, errors) = try await upstream.ask(arguments)
                        #expect(errors == nil, "\(name)")
                        #expect(MovingRows.ids(rows) == expected.rows, "\(name)")
                        let info = rows?["pageInfo"]
                        #expect(info?["hasNextPage"] == .bool(expected.hasNextPage), "next: \(name)")
                        #expect(info?["hasPreviousPage"] == .bool(expected.hasPreviousPage), "previous: \(name)")
                    }
                }
            }
        }
    }

    /// Rows that sort alike differ by those around them, which a small window must name as well as a large one.
    @Test(arguments: [1, 2]) func aCursorNamesTheSameNeighborsInEveryWindow(workspaces: Int) async throws {
        let upstream = try MovingRows(
            (0..<workspaces).map { workspace in
                (0..<40).map { MovingRows.Row(id: "w\(workspace)r\($0)", created: $0 / 7) }
            },
            habits: MovingRows.Habits(caches: true)
        )
        func cursors(_ arguments: String) async throws -> [String] {
            let (rows, _) = try await upstream.ask(arguments)
            return (rows?["edges"]?.arrayValue ?? []).compactMap { $0["cursor"]?.stringValue }
        }
        let all = try await cursors("first: 1000")
        #expect(all.count == 40 * workspaces)
        #expect(try await cursors("first: 3") == Array(all.prefix(3)))
        #expect(try await cursors("first: 3, after: \"\(all[9])\"") == Array(all[10..<13]))
        #expect(try await cursors("page: 3, perPage: 4") == Array(all[8..<12]))
        let (ends, _) = try await upstream.ask("first: 1, after: \"\(all[20])\"")
        #expect(ends?["pageInfo"]?["endCursor"] == .string(all[21]))
        guard workspaces == 1 else { return }
        #expect(try await cursors("last: 3") == Array(all.suffix(3)))
        #expect(try await cursors("last: 3, before: \"\(all[9])\"") == Array(all[6..<9]))
    }
}
