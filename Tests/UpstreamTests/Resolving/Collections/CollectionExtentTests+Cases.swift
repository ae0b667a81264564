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

    static let shortPages: [Case] = [
        Case(
            testDescription: "a row hidden on the first page",
            pages: pages([99], count: 350),
            next: .rows,
            total: 350
        ),
        Case(
            testDescription: "a row hidden in the middle",
            pages: pages([100, 99, 100], count: 350),
            next: .rows,
            total: 350
        ),
        Case(
            testDescription: "fewer rows on a page, none hidden",
            pages: pages([99, 100, 100, 51], count: 350),
            next: .end,
            total: 350
        ),
        Case(
            testDescription: "rows left over behind the last page by the count",
            pages: pages([99, 100, 100, 50], count: 350),
            next: .unknown,
            total: 350
        ),
        Case(
            testDescription: "hidden rows that are counted",
            pages: pages([99, 100, 100, 50, 0], count: 350),
            next: .end,
            total: 349,
            contradiction: .countTooHigh(count: 350, found: 349),
            learned: shown {
                $0.count = .total
                $0.pageSize = 100
                $0.shortPage = .anywhere
                $0.countsHiddenRows = true
            }
        ),
        Case(
            testDescription: "hidden rows are known to be counted, but not how many rows a page has",
            known: habits {
                $0.count = .total
                $0.countsHiddenRows = true
            },
            pages: pages([44], count: 100),
            next: .unknown,
            total: 100
        ),
        Case(
            testDescription: "hidden rows are known to be counted",
            known: habits {
                $0.count = .total
                $0.pageSize = 100
                $0.countsHiddenRows = true
            },
            pages: pages([99, 100, 100, 50], count: 350),
            next: .end,
            total: 349,
            contradiction: .countTooHigh(count: 350, found: 349)
        ),
        Case(
            testDescription: "an empty page in the middle",
            pages: pages([100, 0], count: 350),
            next: .unknown,
            total: 350
        ),
        Case(
            testDescription: "rows behind an empty page",
            pages: pages([100, 0, 100], count: 350),
            next: .rows,
            total: 350
        ),
        Case(testDescription: "an empty first page", pages: pages([0], count: 350), next: .unknown, total: 350),
        Case(testDescription: "most of a page, no count", pages: pages([99]), next: .unknown),
        Case(testDescription: "a usual cap, no count", pages: pages([25]), next: .unknown),
        Case(testDescription: "a few rows, no count", pages: pages([12]), next: .end, total: 12),
        Case(
            testDescription: "most of a page, no count, and nothing more",
            pages: pages([99, 0]),
            next: .end,
            total: 99,
            learned: shown { $0.shortPage = .last(upTo: 99) }
        ),
        Case(
            testDescription: "short pages are known to be the last",
            known: habits { $0.shortPage = .last(upTo: 99) },
            pages: pages([99]),
            next: .end,
            total: 99
        ),
        Case(
            testDescription: "more rows than on a short page that was the last",
            known: habits { $0.shortPage = .last(upTo: 12) },
            pages: pages([36]),
            next: .unknown
        ),
        Case(
            testDescription: "fewer rows than on a short page that was the last",
            known: habits { $0.shortPage = .last(upTo: 40) },
            pages: pages([36]),
            next: .end,
            total: 36
        ),
        Case(
            testDescription: "as many rows as on a short page that was the last, a round number",
            known: habits { $0.shortPage = .last(upTo: 20) },
            pages: pages([20], count: 20),
            next: .unknown
        ),
        Case(
            testDescription: "most of a page, no count, and more",
            pages: pages([99, 100]),
            next: .unknown,
            learned: shown {
                $0.pageSize = 100
                $0.shortPage = .anywhere
            }
        ),
        Case(
            testDescription: "short pages are known anywhere",
            known: habits { $0.shortPage = .anywhere },
            pages: pages([12]),
            next: .unknown
        ),
    ]

    static let caps: [Case] = [
        Case(testDescription: "half of what was asked for", pages: pages([50], count: 350), next: .rows, total: 350),
        Case(
            testDescription: "two pages of half",
            pages: pages([50, 50], count: 350),
            next: .rows,
            total: 350,
            learned: shown {
                $0.count = .total
                $0.pageSize = 50
            }
        ),
        Case(
            testDescription: "all pages of half",
            pages: pages([50, 50, 50, 50, 50, 50, 50], count: 350),
            next: .unknown,
            total: 350
        ),
        Case(
            testDescription: "a few rows more than a cap",
            pages: pages([50], count: 52),
            next: .unknown,
            total: 52
        ),
        Case(testDescription: "a cap with the page's own count", pages: pages([50], count: 50), next: .unknown),
        Case(testDescription: "a cap of 20 with the page's own count", pages: pages([20], count: 20), next: .unknown),
        Case(testDescription: "a third of a page and no count", pages: pages([36]), next: .unknown),
        Case(
            testDescription: "a third of a page, and a count of the page's",
            known: habits { $0.count = .page },
            pages: pages([36], count: 36),
            next: .unknown
        ),
        Case(
            testDescription: "a third of a page with its own count, and nothing more",
            pages: pages([36, 0], counts: [36, 0]),
            next: .end,
            total: 36,
            learned: shown {
                $0.count = .page
                $0.shortPage = .last(upTo: 36)
            }
        ),
        Case(
            testDescription: "a third of a page where others are full",
            known: habits { $0.pageSize = 100 },
            pages: pages([36]),
            next: .end,
            total: 36
        ),
        Case(
            testDescription: "a cap with the page's own count, and more",
            pages: pages([50, 50], count: 50),
            next: .unknown,
            learned: shown {
                $0.count = .page
                $0.pageSize = 50
            }
        ),
        Case(
            testDescription: "a known cap",
            known: habits { $0.pageSize = 50 },
            pages: [Page(number: 4, found: 50, count: 350)],
            next: .rows,
            total: 350
        ),
        Case(
            testDescription: "a known cap that is none",
            known: habits { $0.pageSize = 50 },
            pages: pages([80], count: 80),
            next: .end,
            total: 80,
            learned: shown { $0.pageSize = nil }
        ),
    ]

    static let wrongCounts: [Case] = [
        Case(testDescription: "too high so far", pages: pages([100, 100], count: 1000), next: .rows, total: 1000),
        Case(
            testDescription: "too high, one empty page",
            pages: pages([100, 100, 0], count: 1000),
            next: .unknown,
            total: 1000
        ),
        Case(
            testDescription: "too high, two empty pages and the last one",
            pages: pages([100, 100, 0, 0], count: 1000) + [Page(number: 10, found: 0, count: 1000)],
            next: .end,
            total: 200,
            contradiction: .countTooHigh(count: 1000, found: 200),
            learned: shown {
                $0.count = .wrong
                $0.pageSize = 100
            }
        ),
        Case(
            testDescription: "too high, or rows are hidden",
            pages: pages([48, 0], count: 101),
            next: .end,
            total: 48,
            contradiction: .countTooHigh(count: 101, found: 48),
            learned: shown {
                $0.count = .wrong
                $0.shortPage = .anywhere
            }
        ),
        Case(
            testDescription: "too high, 404",
            pages: pages([100], count: 1000) + [missing],
            next: .end,
            total: 100,
            contradiction: .countTooHigh(count: 1000, found: 100)
        ),
        Case(
            testDescription: "known to be wrong, an empty page",
            known: habits { $0.count = .wrong },
            pages: pages([100, 100, 0], count: 1000),
            next: .unknown
        ),
        Case(
            testDescription: "known to be wrong, two empty pages",
            known: habits { $0.count = .wrong },
            pages: pages([100, 100, 0, 0], count: 1000),
            next: .end,
            total: 200
        ),
        Case(
            testDescription: "too low at once",
            pages: pages([100], count: 40),
            next: .unknown,
            contradiction: .countTooLow(count: 40, found: 100),
            learned: shown {
                $0.count = .wrong
                $0.pageSize = 100
            }
        ),
        Case(
            testDescription: "too low by and by",
            pages: pages([100, 100, 100, 50], count: 250),
            next: .end,
            total: 350,
            contradiction: .countTooLow(count: 250, found: 350)
        ),
        Case(
            testDescription: "changes between pages",
            pages: pages([100, 100, 31], counts: [230, 230, 231]),
            next: .end,
            total: 231
        ),
        Case(
            testDescription: "rows, and a count of none",
            pages: pages([12], count: 0),
            next: .end,
            total: 12,
            contradiction: .countTooLow(count: 0, found: 12)
        ),
    ]
}
