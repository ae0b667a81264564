import JSON
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
}
