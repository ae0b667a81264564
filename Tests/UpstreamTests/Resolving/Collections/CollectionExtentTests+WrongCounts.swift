import Testing

@testable import Upstream

extension CollectionExtentTests {
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
            testDescription: "too high, or rows are hidden, or the last page has lost its rows",
            pages: pages([48, 0], count: 101),
            next: .unknown,
            total: 101
        ),
        Case(
            testDescription: "too high, or rows are hidden",
            pages: pages([48, 0, 0], count: 101),
            next: .end,
            total: 48,
            contradiction: .countTooHigh(count: 101, found: 48),
            learned: shown {
                $0.count = .wrong
                $0.shortPage = .anywhere
            }
        ),
        Case(
            testDescription: "of full pages, the last without rows",
            pages: pages([100, 0], count: 200),
            next: .unknown,
            total: 200
        ),
        Case(
            testDescription: "of one full page, which has no rows",
            pages: pages([0], count: 100),
            next: .unknown,
            total: 100
        ),
        Case(
            testDescription: "of one full page, and a row behind it",
            known: habits { $0.pageSize = 100 },
            pages: pages([0, 1, 0], count: 100),
            next: .end,
            total: 1,
            contradiction: .countTooHigh(count: 100, found: 1),
            learned: habits {
                $0.count = .wrong
                $0.pageSize = 100
                $0.shortPage = .anywhere
            }
        ),
        Case(
            testDescription: "known to be wrong, where pages lose rows, and promises rows on a first page without any",
            known: habits {
                $0.count = .wrong
                $0.shortPage = .anywhere
                $0.firstPageHasRows = true
            },
            pages: pages([0], count: 100),
            next: .unknown
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
            testDescription: "known to be wrong, but it promises more rows behind a short page",
            known: habits {
                $0.count = .wrong
                $0.pageSize = 19
                $0.shortPage = .last(upTo: 18)
            },
            pages: pages([17, 16], count: 104),
            next: .unknown
        ),
        Case(
            testDescription: "known to be wrong, and promises nothing behind a short page",
            known: habits {
                $0.count = .wrong
                $0.pageSize = 19
            },
            pages: pages([17, 16], count: 33),
            next: .end,
            total: 33
        ),
        Case(
            testDescription: "known to be wrong, and promises more rows behind a page without any",
            known: habits {
                $0.count = .wrong
                $0.pageSize = 100
                $0.shortPage = .anywhere
            },
            pages: pages([97, 0], count: 230),
            next: .unknown
        ),
        Case(
            testDescription: "known to be wrong, and promises no more rows behind a page without any",
            known: habits {
                $0.count = .wrong
                $0.pageSize = 100
                $0.shortPage = .anywhere
            },
            pages: pages([97, 0, 30, 0], count: 230),
            next: .end,
            total: 127
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
        Case(
            testDescription: "of its own rows, on a full page that has one of them twice",
            pages: [Page(number: 1, found: 101, count: 100, surplus: 1)],
            next: .unknown
        ),
        Case(
            testDescription: "of their own rows, on pages that have one of them twice",
            pages: [
                Page(number: 1, found: 101, count: 100, surplus: 1), Page(number: 2, found: 31, count: 30, surplus: 1),
            ],
            next: .end,
            total: 130,
            learned: shown {
                $0.count = .page
                $0.pageSize = 100
            }
        ),
        Case(
            testDescription: "a row twice on the only page that was read, which is the last",
            known: habits { $0.pageSize = 100 },
            pages: [Page(number: 2, found: 3, count: 102, surplus: 1)],
            next: .end,
            total: 102
        ),
        Case(
            testDescription: "right, of pages of which two have lost as many rows",
            pages: [
                Page(number: 1, found: 96, count: 329), Page(number: 3, found: 96, count: 329),
                Page(number: 4, found: 45, count: 329), Page(number: 5, found: 0, count: nil, isMissing: true),
            ],
            next: .end,
            total: 329,
            learned: shown {
                $0.count = .total
                $0.shortPage = .anywhere
            }
        ),
        Case(
            testDescription: "of rows that differ, on pages of which one begins with the last row of the other",
            pages: [Page(number: 1, found: 100, count: 150), Page(number: 2, found: 51, count: 150, repeated: 1)],
            next: .end,
            total: 150,
            learned: shown {
                $0.count = .provenTotal
                $0.pageSize = 100
            }
        ),
    ]
}
