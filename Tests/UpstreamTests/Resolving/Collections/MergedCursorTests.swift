import JSON
import Synchronization
import TestSupport
import Testing

@testable import Upstream

/// Cursors of lists of several workspaces, used for other workspaces than those that they are of, or after one has failed.
@Suite struct MergedCursorTests {
    /// Workspaces whose rows stand between each other's: `w0` has 0, 3, 6 and so on.
    private static func interleaved(workspaces: Int, rows: Int) -> [[MovingRows.Row]] {
        (0..<workspaces).map { workspace in
            (0..<rows).map { MovingRows.Row(id: "w\(workspace)r\($0)", created: $0 * workspaces + workspace) }
        }
    }

    private static func list(_ workspaces: [Int]) -> String {
        "workspaces: [\(workspaces.map { "\"w\($0)\"" }.joined(separator: ", "))], sort: \"created\", order: ASC"
    }

    @Test(arguments: [[0, 1], [0], [1], [2], [1, 2], [0, 1, 2]])
    func aCursorIsUsedForOtherWorkspaces(workspaces: [Int]) async throws {
        let all = Self.interleaved(workspaces: 3, rows: 25)
        let upstream = try MovingRows(all)
        let (rows, _) = try await upstream.ask("\(Self.list([0, 1])), first: 100")
        let edges = try #require(rows?["edges"]?.arrayValue)
        #expect(edges.count == 50)
        let wanted = workspaces.flatMap { all[$0] }.sorted { $0.created < $1.created }
        for edge in edges {
            let id = try #require(edge["node"]?["id"]?.stringValue)
            let cursor = try #require(edge["cursor"]?.stringValue)
            let own = try #require(all.joined().first { $0.id == id })
            let (before, _) = try await upstream.ask("\(Self.list(workspaces)), last: 3, before: \"\(cursor)\"")
            #expect(MovingRows.ids(before) == wanted.filter { $0.created < own.created }.suffix(3).map(\.id), "\(id)")
            let (after, _) = try await upstream.ask("\(Self.list(workspaces)), first: 3, after: \"\(cursor)\"")
            #expect(MovingRows.ids(after) == wanted.filter { $0.created > own.created }.prefix(3).map(\.id), "\(id)")
        }
    }

    /// Workspaces count their rows for themselves: a row of the cursor's key is another one in another workspace.
    @Test func aWorkspaceThatTheCursorSaysNothingOfMayHaveARowOfItsKey() async throws {
        let all = [10, 0, 100].map { start in
            (0..<5).map { MovingRows.Row(id: "r\($0)", created: start + 2 * $0) }
        }
        let upstream = try MovingRows(all)
        let (rows, _) = try await upstream.ask("\(Self.list([1, 2])), first: 2")
        let cursor = try #require(rows?["pageInfo"]?["endCursor"]?.stringValue)
        #expect(MovingRows.ids(rows) == ["r0", "r1"])
        let (after, errors) = try await upstream.ask("\(Self.list([0])), first: 9, after: \"\(cursor)\"")
        #expect(errors == nil)
        #expect(MovingRows.ids(after) == ["r0", "r1", "r2", "r3", "r4"])
    }

    @Test(arguments: [false, true], [0, 1])
    func aWorkspaceThatHasFailedGoesOnWhereItWas(isBackward: Bool, failing: Int) async throws {
        let isDown = Atomic(false)
        var habits = MovingRows.Habits()
        habits.refuses = { workspace in workspace == failing && isDown.load(ordering: .relaxed) }
        let all = Self.interleaved(workspaces: 2, rows: 60)
        let upstream = try MovingRows(all, habits: habits)
        var shown: [String] = []
        var cursor = ""
        for step in 0..<40 {
            isDown.store((2...3).contains(step), ordering: .relaxed)
            let window = isBackward ? "last: 10" : "first: 10"
            let (rows, errors) = try await upstream.ask("\(Self.list([0, 1])), \(window)\(cursor)")
            #expect((errors != nil) == (2...3).contains(step), "window \(step)")
            shown += MovingRows.ids(rows)
            let info = rows?["pageInfo"]
            guard info?[isBackward ? "hasPreviousPage" : "hasNextPage"] == true else { break }
            let end = try #require(info?[isBackward ? "startCursor" : "endCursor"]?.stringValue)
            cursor = ", \(isBackward ? "before" : "after"): \"\(end)\""
        }
        #expect(Set(shown).count == shown.count)
        // 20 rows of one workspace stand in the two windows: those of the other one between them may be missing.
        let passed = isBackward ? 0 : 20
        #expect(Set(all[1 - failing].map(\.id)).isSubset(of: shown))
        #expect(Set(all[failing].map(\.id)).subtracting(shown).count <= passed)
    }
}
