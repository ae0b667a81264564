import Testing

@testable import Upstream

/// What pages, their counts and an end say of a collection.
@Suite struct CollectionExtentTests {
    @Test(arguments: totals + fullPages + shortPages + caps + wrongCounts)
    func pagesDetermineContinuationAndTotal(expected: Case) {
        var extent = CollectionExtent(requestedSize: 100, known: expected.known)
        for page in expected.pages { extent.read(page) }
        let last = expected.pages.last { !($0.found == 0 && $0.number == 10) }?.number ?? 1
        #expect(extent.continuation(after: last) == expected.next)
        #expect(extent.total == expected.total)
        #expect(extent.contradiction == expected.contradiction)
        if let learned = expected.learned { #expect(extent.learned == learned) }
    }

    @Test(
        arguments: [
            (pages([100], count: 350), 1, 250, [2, 3, 4]),
            (pages([100], count: 350), 1, 30, [2]),
            (pages([100], count: 100), 1, 100, [2]),
            (pages([100]), 1, 500, [2]),
            (pages([12], count: 12), 1, 500, []),
            (pages([100, 0], count: 1000), 2, 500, [3]),
            (pages([100, 0, 0], count: 1000), 3, 500, [4, 10]),
            (pages([50], count: 350), 1, 300, [2, 3, 4]),
            (pages([50, 50], count: 350), 2, 250, [3, 4, 5, 6, 7]),
        ] as [([Page], Int, Int, [Int])]
    )
    func choosesThePagesToReadNext(read: [Page], after: Int, rows: Int, pages: [Int]) {
        var extent = CollectionExtent(requestedSize: 100)
        for page in read { extent.read(page) }
        #expect(extent.next(after: after, rows: rows) == pages)
    }

    @Test(
        arguments: [
            (pages([50, 18], count: 318), 50),
            (pages([40, 18], count: 58), 40),
            (pages([40, 18], count: 318), 100),
            (pages([40, 40, 7]), 40),
            (pages([20]), 100),
            (pages([18, 50], count: 318), 100),
        ] as [([Page], Int)]
    )
    func learnsThePageSizeFromPages(read: [Page], size: Int) {
        var extent = CollectionExtent(requestedSize: 100)
        for page in read { extent.read(page) }
        #expect(extent.pageSize == size)
    }

    /// A row that a page repeats does not count as one of those that a cap allows.
    @Test func repeatedRowsMakeNoPageLarger() {
        var extent = CollectionExtent(requestedSize: 100)
        for page in Self.pages([21, 21], count: 99) { extent.read(page) }
        #expect(extent.dependsOnSurplus)
        for number in 1...2 { extent.read(Page(number: number, found: 21, count: 99, surplus: 1)) }
        #expect(extent.pageSize == 20)
        #expect(extent.learned.pageSize == 20)
    }

    @Test func aPageThatIsReadAnewTakesThePlaceOfTheOldOne() {
        var extent = CollectionExtent(requestedSize: 100)
        for page in Self.pages([100, 99], counts: [200, 199]) { extent.read(page) }
        extent.read(Page(number: 2, found: 100, count: 200))
        #expect(extent.pages == Self.pages([100, 100], count: 200))
        #expect(extent.total == 200)
    }
}
