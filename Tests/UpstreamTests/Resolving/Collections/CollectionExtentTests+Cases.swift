import Testing

@testable import Upstream

extension CollectionExtentTests {
    typealias Page = CollectionExtent.Page

    /// Pages that were read, and what they say.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var known = PagingHabits()
        /// What was read: the rows of each page from the first on, with their counts.
        let pages: [Page]
        /// What follows the last of them.
        let next: CollectionExtent.Continuation
        var total: Int?
        var contradiction: CollectionExtent.Contradiction?
        /// What is learned, where that is of interest.
        var learned: PagingHabits?
    }

    static func pages(_ found: [Int], counts: [Int?]) -> [Page] {
        zip(found, counts).enumerated().map { Page(number: $0 + 1, found: $1.0, count: $1.1) }
    }

    static func pages(_ found: [Int], count: Int? = nil) -> [Page] {
        pages(found, counts: found.map { _ in count })
    }

    static func habits(_ change: (inout PagingHabits) -> Void) -> PagingHabits {
        var habits = PagingHabits()
        change(&habits)
        return habits
    }

    /// Habits that include a first page with rows.
    static func shown(_ change: (inout PagingHabits) -> Void) -> PagingHabits {
        habits {
            $0.firstPageHasRows = true
            change(&$0)
        }
    }

    static let missing = Page(number: 2, found: 0, count: nil, isMissing: true)

    static let totals: [Case] = [
        Case(testDescription: "a short page with its own count", pages: pages([12], count: 12), next: .end, total: 12),
        Case(testDescription: "no rows", pages: pages([0], count: 0), next: .end, total: 0),
        Case(
            testDescription: "no rows, and a count of the page's",
            known: habits { $0.count = .page },
            pages: pages([0], count: 0),
            next: .unknown
        ),
        Case(testDescription: "no rows and no count, then 404", pages: pages([0]) + [missing], next: .end, total: 0),
        Case(testDescription: "no rows and no count", pages: pages([0]), next: .unknown),
        Case(testDescription: "no rows and no count, twice", pages: pages([0, 0]), next: .end, total: 0),
        Case(
            testDescription: "no rows where other first pages have some",
            known: habits { $0.firstPageHasRows = true },
            pages: pages([0]),
            next: .end,
            total: 0
        ),
        Case(testDescription: "a full page of many", pages: pages([100], count: 350), next: .rows, total: 350),
        Case(
            testDescription: "all pages",
            pages: pages([100, 100, 100, 50], count: 350),
            next: .end,
            total: 350,
            learned: shown {
                $0.count = .provenTotal
                $0.pageSize = 100
            }
        ),
        Case(
            testDescription: "one page of several",
            pages: [Page(number: 3, found: 30, count: 230)],
            next: .end,
            total: 230
        ),
        Case(
            testDescription: "one page of several, no count",
            pages: [Page(number: 3, found: 12, count: nil)],
            next: .end,
            total: 212
        ),
        Case(testDescription: "past the end", pages: [Page(number: 5, found: 0, count: 230)], next: .end, total: 230),
        Case(
            testDescription: "past the end, 404",
            pages: [Page(number: 5, found: 0, count: nil, isMissing: true)],
            next: .end
        ),
    ]

    static let fullPages: [Case] = [
        Case(testDescription: "exactly one full page", pages: pages([100], count: 100), next: .unknown),
        Case(
            testDescription: "exactly one full page, then none",
            pages: pages([100, 0], count: 100),
            next: .end,
            total: 100,
            learned: shown {
                $0.count = .provenTotal
                $0.pageSize = 100
            }
        ),
        Case(
            testDescription: "exactly one full page, then 404",
            pages: pages([100], count: 100) + [missing],
            next: .end,
            total: 100
        ),
        Case(
            testDescription: "the count is the page's",
            pages: pages([100, 100], count: 100),
            next: .unknown,
            learned: shown {
                $0.count = .page
                $0.pageSize = 100
            }
        ),
        Case(
            testDescription: "the count is the page's, which ends",
            pages: pages([100, 30], counts: [100, 30]),
            next: .end,
            total: 130
        ),
        Case(
            testDescription: "the count is known to be the page's",
            known: habits { $0.count = .page },
            pages: pages([100], count: 100),
            next: .unknown
        ),
        Case(
            testDescription: "the count is known to be the total",
            known: habits { $0.count = .provenTotal },
            pages: pages([100], count: 100),
            next: .end,
            total: 100
        ),
        Case(testDescription: "no count", pages: pages([100]), next: .unknown),
        Case(testDescription: "no count, and an empty page", pages: pages([100, 0]), next: .unknown),
        Case(testDescription: "no count, and two empty pages", pages: pages([100, 0, 0]), next: .end, total: 100),
        Case(
            testDescription: "no count, and rows behind an empty page",
            pages: pages([100, 0, 30]),
            next: .end,
            total: 130
        ),
        Case(testDescription: "no count, and a 404", pages: pages([100]) + [missing], next: .end, total: 100),
        Case(
            testDescription: "a last page that is full by the count",
            pages: pages([100, 100], count: 200),
            next: .unknown,
            total: 200
        ),
    ]
}
