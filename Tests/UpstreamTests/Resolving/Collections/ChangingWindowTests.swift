import JSON
import Synchronization
import TestSupport
import Testing

@testable import Upstream

/// Windows of many pages over a list that others change five times a second: each page is read at another time.
@Suite struct ChangingWindowTests {
    /// What others do to the lists of workspaces, and how long each page takes.
    struct Case: Sendable, CustomTestStringConvertible {
        let order: String
        let change: Change
        let rows: [Int]
        let pageTime: Duration

        var testDescription: String { "\(rows) rows, \(order), \(change), \(pageTime) a page" }
    }

    enum Change: Sendable, CaseIterable {
        case creation, deletion, both, update
    }

    /// Changes the rows of each workspace every 200 milliseconds of the time that its pages take.
    private final class Others: Sendable {
        /// The changes of one workspace: those of others, and when they come, do not matter to it.
        private struct Changes {
            var generator: SeededGenerator
            var elapsed = Duration.zero
            var changed = Duration.zero
            var number = 0
            /// The rows that are gone, or stand elsewhere.
            var unsteady: Set<String> = []
        }

        private let change: Change
        private let pageTime: Duration
        private let workspaces: Mutex<[Changes]>

        init(_ tested: Case, seed: UInt64) {
            (change, pageTime) = (tested.change, tested.pageTime)
            workspaces = Mutex(
                tested.rows.indices.map { Changes(generator: SeededGenerator(seed: seed + UInt64($0) << 32)) }
            )
        }

        var unsteady: Set<String> { workspaces.withLock { $0.reduce(into: []) { $0.formUnion($1.unsteady) } } }

        func pageWasRead(_ workspace: Int, _ rows: inout [MovingRows.Row]) {
            workspaces.withLock { workspaces in
                workspaces[workspace].elapsed += pageTime
                while workspaces[workspace].changed + .milliseconds(200) <= workspaces[workspace].elapsed {
                    workspaces[workspace].changed += .milliseconds(200)
                    workspaces[workspace].number += 1
                    apply(&rows, of: workspace, &workspaces[workspace])
                }
            }
        }

        private func apply(_ rows: inout [MovingRows.Row], of workspace: Int, _ changes: inout Changes) {
            let place = Int.random(in: rows.indices, using: &changes.generator)
            let newest = (rows.map(\.created).max() ?? 0) + 1
            let isCreation = change == .creation || (change == .both && Bool.random(using: &changes.generator))
            if isCreation {
                rows.append(MovingRows.Row(id: "w\(workspace)new\(changes.number)", created: newest))
                return
            }
            let id = rows.remove(at: place).id
            changes.unsteady.insert(id)
            if change == .update { rows.append(MovingRows.Row(id: id, created: newest)) }
        }
    }

    static let cases: [Case] = ["ASC", "DESC"].flatMap { order in
        Change.allCases.flatMap { change in
            // What goes before a page while as much comes behind it shows in no count, unless the whole list is read.
            (order == "ASC" && change == .update ? [[950]] : [[950], [1501], [700, 300, 650]]).flatMap { rows in
                [50, 200].map { Case(order: order, change: change, rows: rows, pageTime: .milliseconds($0)) }
            }
        }
    }

    private func repeated(_ ids: [String]) -> Set<String> {
        var seen: Set<String> = []
        return Set(ids.filter { !seen.insert($0).inserted })
    }

    @Test(arguments: cases)
    func rowsThatAreThereThroughoutAreShownOnce(tested: Case) async throws {
        // Walks of several windows with changes between any two pages that cancel each other out fail most rarely.
        let isHardest = tested.change == .both && tested.rows != [950] && tested.pageTime == .milliseconds(200)
        let seeds = isHardest ? 10 : 3
        for seed in 0..<seeds { try await check(tested, seed: UInt64(seed)) }
    }

    private func check(_ tested: Case, seed: UInt64) async throws {
        let others = Others(tested, seed: seed)
        var habits = MovingRows.Habits()
        habits.whenRead = { others.pageWasRead($0, &$1) }
        let upstream = try MovingRows(
            tested.rows.enumerated().map { workspace, count in
                (0..<count).map { MovingRows.Row(id: "w\(workspace)r\($0)", created: $0) }
            },
            habits: habits
        )
        let before = tested.rows.indices.flatMap { upstream.rows($0) }
        var shown: [String] = []
        var cursor = ""
        for _ in 0..<4 {
            let calls = upstream.transport.paths.count
            let (rows, errors) = try await upstream.ask("first: 1000, order: \(tested.order)\(cursor)")
            #expect(errors == nil, "seed \(seed)")
            let ids = MovingRows.ids(rows)
            #expect(Set(ids).count == ids.count, "seed \(seed)")
            shown += ids
            // Each page may be read again, and some of them once more.
            let most = 4 * (ids.count / 100 + 2 * tested.rows.count)
            #expect(upstream.transport.paths.count - calls <= most, "seed \(seed)")
            guard rows?["pageInfo"]?["hasNextPage"] == true else { break }
            cursor = ", after: \"\(try #require(rows?["pageInfo"]?["endCursor"]?.stringValue))\""
        }
        let steady = before.filter { !others.unsteady.contains($0.id) }
        let created = Dictionary(uniqueKeysWithValues: steady.map { ($0.id, $0.created) })
        let found = shown.filter { created[$0] != nil }
        let missed = Set(created.keys).subtracting(found)
        #expect(missed.isEmpty, "seed \(seed): \(missed) missed")
        #expect(Set(found).count == found.count, "seed \(seed): \(repeated(found)) again")
        let steps = zip(found, found.dropFirst()).filter { left, right in
            let (left, right) = (created[left] ?? 0, created[right] ?? 0)
            return tested.order == "ASC" ? left > right : left < right
        }
        #expect(steps.isEmpty, "seed \(seed): \(steps)")
    }
}
