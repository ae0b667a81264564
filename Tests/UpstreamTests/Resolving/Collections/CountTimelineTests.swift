import Testing

@testable import Upstream

/// What the numbers of rows that pages state say of the border between two pages.
@Suite struct CountTimelineTests {
    /// The counts of a list from the first call on, and the calls that read a page and the next one.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let counts: [Int]
        let page: Int
        let next: Int
        /// Whether no row can be missing, where new rows stand in front and where they stand anywhere.
        let isUnbroken: (newestFirst: Bool, otherwise: Bool)
    }

    static let cases: [Case] = [
        Case(testDescription: "nothing changes", counts: [9, 9], page: 0, next: 1, isUnbroken: (true, true)),
        Case(testDescription: "a row comes", counts: [9, 10], page: 0, next: 1, isUnbroken: (true, true)),
        Case(testDescription: "a row goes", counts: [9, 8], page: 0, next: 1, isUnbroken: (false, false)),
        Case(testDescription: "one goes, one comes", counts: [9, 8, 9], page: 0, next: 2, isUnbroken: (true, false)),
        Case(testDescription: "one comes, one goes", counts: [9, 10, 9], page: 0, next: 2, isUnbroken: (true, false)),
        Case(testDescription: "two go, one comes", counts: [9, 8, 7, 8], page: 0, next: 3, isUnbroken: (false, false)),
        Case(testDescription: "a row goes before both", counts: [9, 8, 8], page: 1, next: 2, isUnbroken: (true, true)),
        Case(testDescription: "a row goes after both", counts: [9, 9, 8], page: 0, next: 1, isUnbroken: (true, true)),
        Case(testDescription: "the next first", counts: [9, 9], page: 1, next: 0, isUnbroken: (true, true)),
        Case(testDescription: "the next first, one goes", counts: [9, 8], page: 1, next: 0, isUnbroken: (true, true)),
        Case(
            testDescription: "the next first, a row comes",
            counts: [9, 10],
            page: 1,
            next: 0,
            isUnbroken: (false, false)
        ),
        Case(
            testDescription: "the next first, one comes, one goes",
            counts: [9, 10, 9],
            page: 2,
            next: 0,
            isUnbroken: (false, false)
        ),
    ]

    @Test(arguments: cases) func aRowIsMissingWhereItMayHaveMovedPastBoth(example: Case) {
        let readings = example.counts.enumerated().map { CountTimeline.Reading(time: $0 + 1, count: $1) }
        func isUnbroken(newestFirst: Bool) -> Bool {
            CountTimeline(readings.shuffled(), isNewestFirst: newestFirst)
                .isUnbroken(readings[example.page], readings[example.next])
        }
        #expect(isUnbroken(newestFirst: true) == example.isUnbroken.newestFirst)
        #expect(isUnbroken(newestFirst: false) == example.isUnbroken.otherwise)
    }
}
