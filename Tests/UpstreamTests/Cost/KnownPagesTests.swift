import JSON
import Testing

@testable import Upstream

/// Pages are counted once, however the windows that ask for them overlap.
@Suite struct KnownPagesTests {
    private static let key = RowSetIDs.Key(parents: 0, path: .member(JSONKey("a")))
    private static let other = RowSetIDs.Key(parents: 1, path: .member(JSONKey("a")))

    /// Runs of pages one after another, and how many of each are new.
    @Test(
        arguments: [
            ([1...3], [3]), ([1...3, 1...3], [3, 0]), ([1...3, 2...5], [3, 2]), ([2...3, 1...5], [2, 3]),
            // Runs beside each other become one.
            ([1...1, 2...2, 1...2], [1, 1, 0]), ([3...4, 1...2, 1...4], [2, 2, 0]),
            ([1...1, 5...5, 1...5], [1, 1, 3]), ([1...1, 5...5, 3...3, 2...4, 1...5], [1, 1, 1, 2, 0]),
        ] as [([ClosedRange<Int>], [Int])]
    )
    func overlappingRunsCountOnlyNewPages(runs: [ClosedRange<Int>], fresh: [Int]) {
        var pages = KnownPages()
        #expect(runs.map { pages.add($0, of: Self.key) } == fresh)
    }

    @Test func pagesAreCountedSeparatelyForEachCollection() {
        var pages = KnownPages()
        #expect(pages.add(1...3, of: Self.key) == 3)
        #expect(pages.add(1...3, of: Self.other) == 3)
        let areNew = [Self.key, Self.key, Self.other].map { pages.addWhole(of: $0) }
        #expect(areNew == [true, false, true])
    }

    @Test func manySeparateRunsAreCountedAgainAndNeverTooLow() {
        var pages = KnownPages()
        let runs = (0..<9).map { $0 * 10...$0 * 10 }
        #expect(runs.map { pages.add($0, of: Self.key) } == Array(repeating: 1, count: 9))
        // The first eight are remembered, the ninth is not.
        #expect(runs.map { pages.add($0, of: Self.key) } == Array(repeating: 0, count: 8) + [1])
    }
}
