import JSON
import Synchronization
import Testing

@testable import Upstream

/// Walks over a list whose rows move between pages while these are read.
@Suite struct MovingPagesTests {
    /// A page that is read again after the next one may have passed a row on to it.
    @Test(arguments: 0...8, [20, 50, 60])
    func rowsThatDoNotMoveAreShownOnce(moves: Int, size: Int) async throws {
        var habits = MovingRows.Habits()
        (habits.caches, habits.moves) = (true, moves)
        let upstream = try MovingRows([MovingRows.numbered(230)], habits: habits)
        let before = upstream.rows()
        var shown: [String] = []
        var cursor = ""
        for _ in 0..<20 {
            let (rows, errors) = try await upstream.run(
                "{ rows(first: \(size)\(cursor)) { nodes { id } pageInfo { hasNextPage endCursor } } }"
            )
            #expect(errors == nil)
            shown += MovingRows.ids(rows)
            guard rows?["pageInfo"]?["hasNextPage"] == true else { break }
            cursor = ", after: \"\(try #require(rows?["pageInfo"]?["endCursor"]?.stringValue))\""
        }
        let steady = Set(before).intersection(upstream.rows()).sorted { $0.created > $1.created }.map(\.id)
        let known = Set(steady)
        #expect(shown.filter { known.contains($0) } == steady)
    }

    /// The last row moves to a page that has been read already: the page that it was to stand on has no rows then, or is missing.
    @Test(arguments: [false, true])
    func aRowThatLeavesTheLastPageIsShown(endsWithNotFound: Bool) async throws {
        var habits = MovingRows.Habits()
        (habits.removals, habits.endsWithNotFound) = (2, endsWithNotFound)
        let upstream = try MovingRows([MovingRows.numbered(102)], habits: habits)
        let (first, _) = try await upstream.ask("first: 60")
        let cursor = try #require(first?["pageInfo"]?["endCursor"]?.stringValue)
        let (rows, errors) = try await upstream.run(
            "{ rows(first: 60, after: \"\(cursor)\") { nodes { id } pageInfo { hasNextPage } } }"
        )
        #expect(errors == nil)
        #expect(MovingRows.ids(rows) == (0..<42).reversed().map { "r\($0)" })
        #expect(rows?["pageInfo"]?["hasNextPage"] == false)
    }

    /// A row goes between two pages, and one comes before these are read again: they state the same numbers each time.
    @Test func aRowThatMovesBackAndForthIsShown() async throws {
        let reads = Mutex(0)
        var habits = MovingRows.Habits()
        habits.whenRead = { _, rows in
            let read = reads.withLock { reads in
                reads += 1
                return reads
            }
            if read > 1, read.isMultiple(of: 2) {
                rows.removeAll { $0.id == "r\(248 - read)" }
            } else if read > 1 {
                rows.append(MovingRows.Row(id: "new\(read)", created: 1000 + read))
            }
        }
        let upstream = try MovingRows([MovingRows.numbered(250)], habits: habits)
        let before = upstream.rows()
        let (rows, errors) = try await upstream.ask("first: 1000")
        #expect(errors == nil)
        let steady = Set(before).intersection(upstream.rows()).sorted { $0.created > $1.created }.map(\.id)
        let known = Set(steady)
        #expect(MovingRows.ids(rows).filter { known.contains($0) } == steady)
    }

    /// Another order of the list has shown more rows a short while ago: they may stand on another page.
    @Test func aPageThatIsNotFullIsNotTheLastIfMoreRowsWereFoundBefore() async throws {
        var habits = MovingRows.Habits()
        habits.count = { _, _ in nil }
        // The oldest row, which stands on the last page when it comes last, and half of the others but the newest.
        habits.hides = { $0.created < 53 }
        let upstream = try MovingRows([MovingRows.numbered(101)], habits: habits)
        let (newestFirst, _) = try await upstream.ask("first: 1000, order: DESC")
        #expect(MovingRows.ids(newestFirst).count == 48)
        let (oldestFirst, errors) = try await upstream.ask("first: 1000, order: ASC")
        #expect(errors == nil)
        #expect(MovingRows.ids(oldestFirst) == (53..<101).map { "r\($0)" })
        #expect(oldestFirst?["totalCount"] == 48)
    }

    /// That a list ended behind a full page is not believed where no response stays fresh: others may have added a row.
    @Test func aRowBehindAFullPageThatWasTheLastIsShown() async throws {
        var habits = MovingRows.Habits()
        habits.count = { _, shown in shown }
        let upstream = try MovingRows([MovingRows.numbered(200)], habits: habits)
        let (before, _) = try await upstream.ask("first: 1000, order: ASC")
        #expect(MovingRows.ids(before).count == 200)
        upstream.change { $0.append(MovingRows.Row(id: "r200", created: 200)) }
        let (after, errors) = try await upstream.ask("first: 1000, order: ASC")
        #expect(errors == nil)
        #expect(MovingRows.ids(after) == (0...200).map { "r\($0)" })
    }

    /// A row that moves to a later page takes one with it past the readings of both, and the count grows meanwhile.
    @Test(arguments: [false, true]) func aRowIsNotMissedBecauseAnotherOneIsCreated(isCreated: Bool) async throws {
        let reads = Mutex(0)
        var habits = MovingRows.Habits()
        habits.whenRead = { _, rows in
            let read = reads.withLock { reads in
                reads += 1
                return reads
            }
            if read == 1, isCreated { rows.append(MovingRows.Row(id: "new", created: 5000)) }
            // From the second page to the third, whose first row moves to the second.
            if read == 2 {
                rows.removeAll { $0.id == "r120" }
                rows.append(MovingRows.Row(id: "r120", created: 2305))
            }
        }
        let rows = (0..<300).map { MovingRows.Row(id: "r\($0)", created: $0 * 10) }
        let upstream = try MovingRows([rows], habits: habits)
        let (shown, errors) = try await upstream.ask("first: 1000, order: ASC")
        #expect(errors == nil)
        #expect(Set(MovingRows.ids(shown)).isSuperset(of: rows.map(\.id)))
    }

    /// Rows that are created between two calls push some to the next page that stand before the cursor's row.
    @Test(arguments: [1, 200]) func rowsBeforeTheCursorAreNotShownAgain(spacing: Int) async throws {
        let newRows = MovingRows.NewRows()
        let rows = (0..<130).map { MovingRows.Row(id: "r\($0)", created: $0 / spacing) }
        let upstream = try MovingRows([rows], habits: newRows.habits)
        let (all, _) = try await upstream.ask("first: 1000")
        let (first, _) = try await upstream.ask("first: 60")
        let cursor = try #require(first?["pageInfo"]?["endCursor"]?.stringValue)
        newRows.create(45)
        let (second, errors) = try await upstream.ask("first: 60, after: \"\(cursor)\"")
        #expect(errors == nil)
        #expect(MovingRows.ids(first) + MovingRows.ids(second) == Array(MovingRows.ids(all).prefix(120)))
    }

    /// The cursor's row is deleted while the pages that it was searched on overlap by some rows.
    @Test func behindARowThatIsGoneFromOverlappingPagesComesWhatWouldFollowIt() async throws {
        let newRows = MovingRows.NewRows()
        let upstream = try MovingRows([MovingRows.numbered(230)], habits: newRows.habits)
        let (first, _) = try await upstream.ask("first: 100")
        let cursor = try #require(first?["pageInfo"]?["endCursor"]?.stringValue)
        upstream.change { rows in rows.removeAll { $0.id == "r130" } }
        newRows.create(5)
        let (second, errors) = try await upstream.ask("first: 3, after: \"\(cursor)\"")
        #expect(errors == nil)
        #expect(MovingRows.ids(second) == ["r129", "r128", "r127"])
    }

    /// Counts that differ because rows go all the time are right: what they say of the rows between two pages still holds.
    @Test(arguments: 1...8) func aRowIsNotMissedBecauseOthersAreRemovedAgainAndAgain(removals: Int) async throws {
        let left = Mutex(removals)
        var habits = MovingRows.Habits()
        habits.caches = true
        habits.whenRead = { _, rows in
            let removes = left.withLock { left in
                left -= 1
                return left >= 0
            }
            guard removes, let oldest = rows.min(by: { $0.created < $1.created }) else { return }
            rows.removeAll { $0 == oldest }
        }
        let upstream = try MovingRows([MovingRows.numbered(203)], habits: habits)
        var shown: [String] = []
        var cursor = ""
        for _ in 0..<9 {
            let (rows, _) = try await upstream.run(
                "{ rows(first: 25, order: ASC\(cursor)) { nodes { id } pageInfo { hasNextPage endCursor } } }"
            )
            shown += MovingRows.ids(rows)
            guard rows?["pageInfo"]?["hasNextPage"] == true else { break }
            cursor = ", after: \"\(try #require(rows?["pageInfo"]?["endCursor"]?.stringValue))\""
        }
        let steady = upstream.rows().map(\.id)
        #expect(shown.filter { steady.contains($0) } == steady)
        #expect(Set(shown).count == shown.count)
    }

    /// The last page is gone as a row was deleted before it was read: its count was right all the same, and shows the next row that moves.
    @Test(arguments: [false, true], ["ASC", "DESC"])
    func aLastPageThatIsGoneDoesNotMakeTheCountWrong(endsWithNotFound: Bool, order: String) async throws {
        let deleting = Mutex<(page: Int, id: String)?>(nil)
        var habits = MovingRows.Habits()
        habits.endsWithNotFound = endsWithNotFound
        habits.beforePage = { page, rows in
            let id = deleting.withLock { deleting -> String? in
                guard let next = deleting, next.page == page else { return nil }
                deleting = nil
                return next.id
            }
            rows.removeAll { $0.id == id }
        }
        let upstream = try MovingRows([MovingRows.numbered(301)], habits: habits)
        let isAscending = order == "ASC"
        // The second time, the rows fill three pages; each row is the third one of the list.
        for (page, row) in [(4, 3), (2, 4), (3, 5)] {
            deleting.withLock { $0 = (page, "r\(isAscending ? row : 301 - row)") }
            let (rows, errors) = try await upstream.ask("first: 500, order: \(order)")
            #expect(errors == nil)
            let all = upstream.rows().map(\.id)
            let remaining = Set(all)
            #expect(MovingRows.ids(rows).filter { remaining.contains($0) } == (isAscending ? all : all.reversed()))
        }
    }

    /// A row moves to a later page, so that another one leaves the second page before it is read; the count stays.
    @Test(arguments: ["first: 1000", "last: 1000", "last: 240"])
    func aRowIsNotMissedBecauseAnotherOneMoves(window: String) async throws {
        let hasMoved = Mutex(false)
        var habits = MovingRows.Habits()
        habits.beforePage = { page, rows in
            let moves =
                page == 2
                && !hasMoved.withLock { moved in
                    defer { moved = true }
                    return moved
                }
            guard moves else { return }
            rows.removeAll { $0.id == "r240" }
            rows.append(MovingRows.Row(id: "r240", created: -1))
        }
        let upstream = try MovingRows([MovingRows.numbered(250)], habits: habits)
        let (rows, errors) = try await upstream.ask(window)
        #expect(errors == nil)
        let steady = (0..<250).reversed().filter { $0 != 240 }.map { "r\($0)" }
        let shown = MovingRows.ids(rows).filter { $0 != "r240" }
        #expect(shown == (window == "last: 240" ? steady.suffix(shown.count) : steady))
        #expect(shown.count >= 239)
    }

    /// The cursor's row is deleted between the calls of the next window, which are made a second time therefore.
    @Test(arguments: 1...4, [20, 100]) func whatFollowsARowThatVanishesMeanwhileIsShown(
        call: Int,
        cap: Int
    ) async throws {
        let calls = Mutex<Int?>(nil)
        var habits = MovingRows.Habits()
        habits.cap = cap
        habits.beforePage = { _, rows in
            let isDue = calls.withLock { calls -> Bool in
                guard let left = calls else { return false }
                calls = left - 1
                return left == 1
            }
            if isDue { rows.removeAll { $0.id == "r\(250 - cap)" } }
        }
        let upstream = try MovingRows([MovingRows.numbered(250)], habits: habits)
        var shown: [String] = []
        var cursor = ""
        for window in 0..<20 {
            if window == 1 { calls.withLock { $0 = call } }
            let (rows, errors) = try await upstream.ask("first: \(cap)\(cursor)")
            #expect(errors == nil)
            shown += MovingRows.ids(rows)
            guard rows?["pageInfo"]?["hasNextPage"] == true else { break }
            cursor = ", after: \"\(try #require(rows?["pageInfo"]?["endCursor"]?.stringValue))\""
        }
        #expect(shown.filter { $0 != "r\(250 - cap)" } == upstream.rows().map(\.id).reversed())
    }
}
