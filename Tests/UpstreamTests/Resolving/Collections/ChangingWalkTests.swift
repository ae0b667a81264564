import JSON
import TestSupport
import Testing

@testable import Upstream

/// Walks by cursor over collections that change from window to window: what is there throughout is shown exactly once.
@Suite struct ChangingWalkTests {
    /// A way to walk.
    struct Walk: Sendable, CustomTestStringConvertible {
        let order: String
        let isBackward: Bool
        let caches: Bool
        let counts: Bool
        let workspaces: Int

        var testDescription: String {
            "\(order) \(isBackward ? "backward" : "forward"), \(caches ? "cached" : "not cached"), "
                + "\(counts ? "counted" : "not counted"), \(workspaces) workspaces"
        }
    }

    static let walks: [Walk] = ["ASC", "DESC"].flatMap { order in
        [false, true].flatMap { backward in
            [false, true].flatMap { caches in
                [(true, 1), (false, 1), (true, 3)].map { counts, workspaces in
                    Walk(order: order, isBackward: backward, caches: caches, counts: counts, workspaces: workspaces)
                }
            }
        }
    }

    @Test(arguments: walks)
    func permanentRowsAreShownOnce(walk: Walk) async throws {
        for seed in 0..<12 {
            var generator = SeededGenerator(seed: UInt64(seed))
            try await check(walk, &generator, "seed \(seed)")
        }
    }

    /// How many rows a page has may become known in the middle of a walk: where rows stand is said in pages of another size.
    @Test func aWalkGoesOnWhenTheSizeOfPagesBecomesKnown() async throws {
        var habits = MovingRows.Habits()
        habits.cap = 20
        // No two pages of the first five have as many rows; the last ones do.
        let hidden: Set<Int> = [0, 1, 2, 20, 21, 40, 41, 42, 43, 60, 80, 81, 82, 83, 84, 100, 120, 140]
        habits.hides = { hidden.contains($0.created) }
        let upstream = try MovingRows([MovingRows.numbered(250)], habits: habits)
        let expected = upstream.rows().map(\.id).filter { !hidden.contains(Int($0.dropFirst()) ?? 0) }
        var shown: [String] = []
        var cursor = ""
        for step in 0..<100 {
            let (rows, _) = try await upstream.ask("first: 7, order: ASC\(cursor)")
            shown += MovingRows.ids(rows)
            guard rows?["pageInfo"]?["hasNextPage"] == true else { break }
            cursor = ", after: \"\(try #require(rows?["pageInfo"]?["endCursor"]?.stringValue))\""
            if step == 11 { _ = try await upstream.ask("first: 1000, order: ASC") }
        }
        #expect(shown == expected)
    }

    private func check(_ walk: Walk, _ generator: inout SeededGenerator, _ name: String) async throws {
        var habits = MovingRows.Habits()
        habits.caches = walk.caches
        if !walk.counts { habits.count = { _, _ in nil } }
        let spacing = Int.random(in: 1...3, using: &generator)
        var upstream = try MovingRows(
            (0..<walk.workspaces).map { workspace in
                (0..<Int.random(in: 0...330, using: &generator)).map { number in
                    // Some rows share the value that they are sorted by.
                    MovingRows.Row(id: "w\(workspace)r\(number)", created: number / spacing * 10 + workspace)
                }
            },
            habits: habits
        )
        var throughout = Set((0..<walk.workspaces).flatMap { upstream.rows($0).map(\.id) })
        let size = [1, 7, 50, 60, 100, 130].randomElement(using: &generator) ?? 50
        let steps = size == 1 ? 12 : 200
        var shown: [String] = []
        var cursor: String?
        var isDone = false
        for step in 0..<steps {
            let place = cursor.map { ", \(walk.isBackward ? "before" : "after"): \"\($0)\"" } ?? ""
            let window = walk.isBackward ? "last: \(size)" : "first: \(size)"
            let (rows, errors) = try await upstream.ask("\(window)\(place), sort: \"created\", order: \(walk.order)")
            #expect(errors == nil, "\(name)")
            shown += MovingRows.ids(rows)
            let info = rows?["pageInfo"]
            cursor = info?[walk.isBackward ? "startCursor" : "endCursor"]?.stringValue
            if info?[walk.isBackward ? "hasPreviousPage" : "hasNextPage"] == false || cursor == nil {
                isDone = true
                break
            }
            change(&upstream, &throughout, step: step, &generator)
        }
        #expect(isDone || size == 1, "\(name): the walk does not end")
        #expect(Set(shown).count == shown.count, "\(name): \(repeated(shown)) again")
        if isDone { #expect(throughout.subtracting(shown).isEmpty, "\(name): \(throughout.subtracting(shown)) missed") }
    }

    private func repeated(_ ids: [String]) -> Set<String> {
        var seen: Set<String> = []
        return Set(ids.filter { !seen.insert($0).inserted })
    }

    /// Creates and deletes some rows.
    private func change(
        _ upstream: inout MovingRows,
        _ throughout: inout Set<String>,
        step: Int,
        _ generator: inout SeededGenerator
    ) {
        for _ in 0..<Int.random(in: 0...3, using: &generator) {
            let workspace = Int.random(in: 0..<100, using: &generator)
            let isCreation = Bool.random(using: &generator)
            let number = Int.random(in: 0..<1_000_000, using: &generator)
            let place = Double.random(in: 0..<1, using: &generator)
            var removed: String?
            upstream.change(workspace % upstream.workspaceCount) { rows in
                if isCreation {
                    let newest = (rows.map(\.created).max() ?? 0) + 10
                    rows.append(MovingRows.Row(id: "new\(step)-\(number)", created: newest))
                } else if !rows.isEmpty {
                    removed = rows.remove(at: Int(place * Double(rows.count))).id
                }
            }
            if let removed { throughout.remove(removed) }
        }
    }

    @Test func anUnchangedListIsWalkedWithACallForEachPage() async throws {
        for (size, calls) in [(25, 4), (50, 4), (100, 4)] {
            let upstream = try MovingRows([MovingRows.numbered(350)], habits: MovingRows.Habits(caches: true))
            var cursor = ""
            var shown: [String] = []
            while true {
                let (rows, _) = try await upstream.ask("first: \(size)\(cursor)")
                shown += MovingRows.ids(rows)
                guard rows?["pageInfo"]?["hasNextPage"] == true else { break }
                cursor = ", after: \"\(try #require(rows?["pageInfo"]?["endCursor"]?.stringValue))\""
            }
            #expect(shown.count == 350)
            #expect(upstream.transport.paths.count == calls, "first: \(size)")
        }
    }

    @Test func aCursorWithoutAKeyStaysValid() async throws {
        let upstream = try MovingRows([MovingRows.numbered(130)])
        let cursor = PageCursor.offset(60).text
        let (rows, errors) = try await upstream.ask("first: 2, after: \"\(cursor)\", order: ASC")
        #expect(errors == nil)
        #expect(MovingRows.ids(rows) == ["r60", "r61"])
        let (before, _) = try await upstream.ask("last: 2, before: \"\(cursor)\", order: ASC")
        #expect(MovingRows.ids(before) == ["r57", "r58"])
    }

    @Test func aRowThatMovedByPagesIsFound() async throws {
        let upstream = try MovingRows([MovingRows.numbered(130)])
        let (first, _) = try await upstream.ask("first: 50")
        let cursor = try #require(first?["pageInfo"]?["endCursor"]?.stringValue)
        upstream.change { rows in rows += (500..<640).map { MovingRows.Row(id: "n\($0)", created: $0) } }
        let (rows, _) = try await upstream.ask("first: 3, after: \"\(cursor)\"")
        #expect(MovingRows.ids(rows) == ["r79", "r78", "r77"])
    }

    /// How many rows come or go in front, and whether the cursor's own row goes.
    @Test(arguments: [1, 3, 40, -1, -3, -40], [false, true])
    func findingARowAgainTakesAtMostOneCallMore(change: Int, isGone: Bool) async throws {
        let upstream = try MovingRows([MovingRows.numbered(350)])
        let (first, _) = try await upstream.ask("first: 100")
        let cursor = try #require(first?["pageInfo"]?["endCursor"]?.stringValue)
        upstream.change { rows in
            if change > 0 { rows += (0..<change).map { MovingRows.Row(id: "n\($0)", created: 1000 + $0) } }
            rows.removeAll { $0.created >= 350 + change && $0.created < 350 || isGone && $0.id == "r250" }
        }
        let calls = upstream.transport.paths.count
        let (rows, errors) = try await upstream.ask("first: 100, after: \"\(cursor)\"")
        #expect(errors == nil)
        #expect(MovingRows.ids(rows) == (150..<250).reversed().map { "r\($0)" })
        // The window's rows stand on two pages.
        #expect(upstream.transport.paths.count - calls <= 3)
    }

    @Test func cursorOfADeletedRowContinuesAfterItsPosition() async throws {
        let upstream = try MovingRows([MovingRows.numbered(130)])
        let (first, _) = try await upstream.ask("first: 50")
        let cursor = try #require(first?["pageInfo"]?["endCursor"]?.stringValue)
        upstream.change { rows in
            rows.removeAll { ["r80", "r81", "r79", "r120"].contains($0.id) }
            rows += (500..<503).map { MovingRows.Row(id: "n\($0)", created: $0) }
        }
        let (rows, _) = try await upstream.ask("first: 3, after: \"\(cursor)\"")
        #expect(MovingRows.ids(rows) == ["r78", "r77", "r76"])
        let (before, _) = try await upstream.ask("last: 3, before: \"\(cursor)\"")
        #expect(MovingRows.ids(before) == ["r84", "r83", "r82"])
    }
}
