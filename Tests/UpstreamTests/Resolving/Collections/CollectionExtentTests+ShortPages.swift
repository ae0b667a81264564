import Testing

@testable import Upstream

extension CollectionExtentTests {
    private static let proven = habits {
        $0.count = .total
        $0.pageSize = 100
    }

    static let shortPages: [Case] = [
        Case(
            testDescription: "a row hidden on a later page, the first of which was not read",
            known: proven,
            pages: [Page(number: 2, found: 99, count: 200)],
            next: .unknown,
            total: 200
        ),
        Case(
            testDescription: "the last page, the first of which was not read",
            known: proven,
            pages: [Page(number: 2, found: 99, count: 199)],
            next: .end,
            total: 199
        ),
        Case(
            testDescription: "rows hidden on the first page, and those behind it were not all read",
            known: proven,
            pages: [Page(number: 1, found: 96, count: 243), Page(number: 3, found: 50, count: 243)],
            next: .end,
            total: 243
        ),
        Case(
            testDescription: "a page as long as the count promises, behind one that has lost rows",
            known: proven,
            pages: [Page(number: 2, found: 98, count: 299), Page(number: 3, found: 99, count: 299)],
            next: .unknown,
            total: 299
        ),
        Case(
            testDescription: "most of a page that counts as many, where a full page has been seen elsewhere",
            known: habits { $0.pageSize = 100 },
            pages: pages([86], count: 86),
            next: .unknown
        ),
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
            testDescription: "most of a page, which counts its own rows",
            pages: pages([86], count: 86),
            next: .unknown
        ),
        Case(
            testDescription: "part of a page, which counts its own rows",
            pages: pages([74], count: 74),
            next: .end,
            total: 74
        ),
        Case(
            testDescription: "rows behind most of a page, both of which count their own",
            pages: pages([86, 3], counts: [86, 3]),
            next: .end,
            total: 89,
            learned: shown {
                $0.count = .page
                $0.shortPage = .anywhere
            }
        ),
        Case(
            testDescription: "most of a page, which counts all rows",
            pages: pages([86, 0], count: 86),
            next: .end,
            total: 86,
            learned: shown {
                $0.count = .provenTotal
                $0.shortPage = .last(upTo: 86)
            }
        ),
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
            pages: pages([70], count: 70),
            next: .end,
            total: 70,
            learned: shown { $0.pageSize = nil }
        ),
    ]
}
