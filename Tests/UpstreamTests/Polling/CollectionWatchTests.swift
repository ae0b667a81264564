import Testing

@testable import Upstream

/// What a reading of a collection shows to have changed since the reading before.
@Suite struct CollectionWatchTests {
    typealias Row = PageReading.Row
    typealias Finding = CollectionWatch.Finding
    typealias Findings = CollectionWatch.Findings

    /// A row by `KEY:ORDER`, with a version perhaps (`KEY:ORDER:VERSION`); `+` before it marks one that was made just then.
    private static func row(_ text: Substring) -> Row {
        let isNew = text.hasPrefix("+")
        let parts = text.drop { $0 == "+" }.split(separator: ":")
        let order = OrderValue(String(parts[1]))
        return Row(
            key: String(parts[0]),
            order: order,
            creation: isNew ? order : OrderValue("0"),
            state: parts.count > 2 ? Int(parts[2]) ?? 0 : 0
        )
    }

    /// A page of at most three rows.
    private static func page(_ text: String, count: Int?) -> PageReading {
        PageReading(rows: text.split(separator: " ").map(row), count: count, capacity: 3)
    }

    /// Findings as text: `c` created, `u` updated, `v` vanished, and `?` if something else has changed.
    private static func text(_ findings: Findings) -> String {
        let changes = findings.changes.map { finding in
            let kind =
                switch finding.kind {
                case .created: "c"
                case .updated: "u"
                case .vanished: "v"
                }
            return kind + finding.key
        }
        return (changes + (findings.areIncomplete ? ["?"] : [])).joined(separator: " ")
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let title: String
        /// The pages that are read one after the other.
        let pages: [(rows: String, count: Int?)]
        /// What each shows.
        let findings: [String]
        var testDescription: String { title }
    }

    private static let small: [Case] = [
        Case(title: "nothing changes", pages: [("b:2 a:1", 2), ("b:2 a:1", 2)], findings: ["", ""]),
        Case(
            title: "a row that looks the same has not changed",
            pages: [("b:2 a:1", 2), ("a:3 b:2", 2)],
            findings: ["", ""]
        ),
        Case(title: "a row shows another version", pages: [("b:2 a:1", 2), ("a:3:1 b:2", 2)], findings: ["", "ua"]),
        Case(title: "of one time", pages: [("b:2 a:1", 2), ("b:2:1 a:1", 2)], findings: ["", "ub"]),
        Case(title: "an object is made", pages: [("b:2 a:1", 2), ("c:3 b:2 a:1", 3)], findings: ["", "cc"]),
        Case(title: "one goes", pages: [("b:2 a:1", 2), ("b:2", 1)], findings: ["", "va"]),
        Case(title: "all go", pages: [("b:2 a:1", 2), ("", 0)], findings: ["", "vb va"]),
        Case(title: "the first is made", pages: [("", 0), ("a:1", 1)], findings: ["", "ca"]),
        Case(title: "one goes, one comes", pages: [("b:2 a:1", 2), ("+c:3 b:2", 2)], findings: ["", "cc va"]),
        Case(title: "nothing is counted", pages: [("b:2 a:1", nil), ("b:2", nil)], findings: ["", "va"]),
    ]

    @Test(arguments: small)
    func onePageShowsAllOfASmallCollection(given: Case) {
        #expect(run(given.pages) == given.findings)
    }

    private static let large: [Case] = [
        Case(
            title: "the other pages are read once at the beginning, between two readings of the newest",
            pages: [("f:6 e:5 d:4", 6), ("c:3 b:2 a:1", 6), ("f:6 e:5 d:4", 6), ("f:6 e:5 d:4", 6)],
            findings: ["", "", "", ""]
        ),
        Case(
            title: "one of another page changes",
            pages: [("f:6 e:5 d:4", 6), ("c:3 b:2 a:1", 6), ("a:7:1 f:6 e:5", 6)],
            findings: ["", "", "ua"]
        ),
        Case(
            title: "one is made",
            pages: [("f:6 e:5 d:4", 6), ("c:3 b:2 a:1", 6), ("+g:7 f:6 e:5", 7)],
            findings: ["", "", "cg"]
        ),
        Case(
            title: "one of the newest goes",
            pages: [("f:6 e:5 d:4", 6), ("c:3 b:2 a:1", 6), ("f:6 d:4 c:3", 5)],
            findings: ["", "", "ve"]
        ),
        Case(
            title: "one of another page goes: counting shows it, and reading the others in turn which it is",
            pages: [("f:6 e:5 d:4", 6), ("c:3 b:2 a:1", 6), ("f:6 e:5 d:4", 5), ("c:3 a:1", 5), ("f:6 e:5 d:4", 5)],
            findings: ["", "", "?", "vb", ""]
        ),
        Case(
            title: "more has changed than a page shows",
            pages: [
                ("f:6 e:5 d:4", 6), ("c:3 b:2 a:1", 6), ("a:10:1 b:9:1 c:8:1", 6), ("d:7:1 f:6 e:5", 6),
                ("a:10:1 b:9:1 c:8:1", 6),
            ],
            findings: ["", "", "ua ub uc ?", "ud", ""]
        ),
        Case(
            title: "before the others are read, an object of unknown age is one that has changed",
            pages: [("f:6 e:5 d:4", nil), ("a:7 f:6 e:5", nil), ("+g:8 a:7 f:6", nil)],
            findings: ["", "ua", "cg"]
        ),
        Case(
            title: "what moves up because another one has gone has not changed",
            pages: [("f:6 e:5 d:4", nil), ("f:6 d:4 c:3", nil)],
            findings: ["", "ve"]
        ),
        Case(
            title: "rows of one time can come in any order",
            pages: [("f:6 e:6 d:6", nil), ("a:6 e:6 f:6", nil), ("b:6 a:6 c:6", nil)],
            findings: ["", "", ""]
        ),
    ]

    @Test(arguments: large)
    func thePageOfTheNewestShowsWhatChangesOfALargeOne(given: Case) {
        #expect(run(given.pages) == given.findings)
    }

    private static let unsorted: [Case] = [
        Case(
            title: "all pages in turn",
            pages: [
                ("a:1 b:9 c:3", 4), ("a:1 b:9 c:3", 4), ("d:2", 4), ("a:1 b:10:1 c:3", 4), ("d:2", 4),
                ("a:1 c:3 d:2", 3),
                ("a:1 c:3 d:2", 3), ("e:11 a:1 c:3", 4), ("d:2", 4),
            ],
            findings: ["", "", "", "ub", "", "vb", "", "ce", ""]
        ),
        Case(
            title: "from some time on",
            pages: [("b:2 a:1", 2), ("a:1 b:2", 2), ("a:1 b:2", 2), ("a:1:1 b:2", 2)],
            findings: ["", "?", "", "ua"]
        ),
    ]

    @Test(arguments: unsorted)
    func allPagesAreReadInTurnWhereTheUpstreamDoesNotSort(given: Case) {
        #expect(run(given.pages) == given.findings)
    }

    @Test func newestPageAlternatesWithTheOtherPages() {
        var watch = CollectionWatch()
        var turns: [CollectionWatch.Turn] = []
        for _ in 0..<6 {
            turns.append(watch.turn)
            switch watch.turn {
            case .newest: _ = watch.take(Self.page("i:9 h:8 g:7", count: 9))
            case .page(2): _ = watch.take(Self.page("f:6 e:5 d:4", count: 9))
            case .page: _ = watch.take(Self.page("c:3 b:2 a:1", count: 9))
            }
        }
        #expect(turns == [.newest, .page(2), .newest, .page(3), .newest, .newest])
        watch.takeUnchanged()
        #expect(watch.turn == .newest)
        watch.doesNotSort()
        #expect(watch.turn == .page(1))
    }

    @Test func aPageThatAlwaysFailsKeepsBackNeitherTheNewestNorTheOthers() {
        var watch = CollectionWatch()
        var turns: [CollectionWatch.Turn] = []
        for _ in 0..<9 {
            turns.append(watch.turn)
            switch watch.turn {
            case .newest: #expect(watch.take(Self.page("i:9 h:8 g:7", count: 9)) == Findings())
            case .page(2): watch.takeFailed()
            case .page: #expect(watch.take(Self.page("c:3 b:2 a:1", count: 6)) == Findings())
            }
        }
        #expect(
            turns == [
                .newest, .page(2), .newest, .page(2), .newest, .page(2), .newest, .page(3), .newest,
            ]
        )
        // What changes on the newest page is found all the same, and nothing of the page that was left out is gone.
        #expect(Self.text(watch.take(Self.page("j:10 i:9 h:8", count: 10))) == "uj")
    }

    @Test func failingPageIsSkippedIfPagesAreReadInTurn() {
        var watch = CollectionWatch()
        watch.doesNotSort()
        for page in ["a:1 b:2 c:3", "d:1 e:2 f:3", "g:1 h:2 i:3"] { _ = watch.take(Self.page(page, count: 9)) }
        #expect(watch.take(Self.page("a:1 b:2 c:3", count: 9)) == Findings())
        for _ in 0..<3 { watch.takeFailed() }
        #expect(watch.turn == .page(3))
        #expect(Self.text(watch.take(Self.page("g:1:1 k:2 i:3", count: 3))) == "ug ck")
        #expect(watch.turn == .page(1))
    }

    @Test func aWalkEndsWhereNoPageCanBeRead() {
        var watch = CollectionWatch()
        _ = watch.take(Self.page("i:9 h:8 g:7", count: 90))
        var turns: [CollectionWatch.Turn] = []
        for _ in 0..<13 {
            turns.append(watch.turn)
            if case .newest = watch.turn {
                _ = watch.take(Self.page("i:9 h:8 g:7", count: 90))
            } else {
                watch.takeFailed()
            }
        }
        let one: [CollectionWatch.Turn] = [.page(2), .newest, .page(2), .newest, .page(2), .newest]
        let two: [CollectionWatch.Turn] = [.page(3), .newest, .page(3), .newest, .page(3), .newest]
        #expect(turns == one + two + [.newest])
    }

    @Test func anOutageIsNoReasonToLeaveAPageOut() {
        var watch = CollectionWatch()
        _ = watch.take(Self.page("i:9 h:8 g:7", count: 9))
        for _ in 0..<20 { watch.takeFailed() }
        #expect(watch.turn == .newest)
        _ = watch.take(Self.page("i:9 h:8 g:7", count: 9))
        #expect(watch.turn == .page(2))
    }

    private func run(_ pages: [(rows: String, count: Int?)]) -> [String] {
        var watch = CollectionWatch()
        return pages.map { Self.text(watch.take(Self.page($0.rows, count: $0.count))) }
    }

    @Test(arguments: [
        ("2026-01-02T03:04:05Z", "2026-01-02T03:04:06Z"), ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.5Z"),
        ("9", "10"), ("1e3", "1001"), ("2026-01-02", "2026-01-03"),
    ])
    func orderValuesAreTimesOrNumbers(earlier: String, later: String) {
        #expect(OrderValue(earlier) < OrderValue(later))
        #expect(!(OrderValue(later) < OrderValue(earlier)))
    }

    /// A walk has read pages whose rows changed meanwhile: what the newest page has no room for is on the next one.
    @Test func aWalkBeginsAnewWhenAllOfTheNewestPageHasChanged() {
        var watch = CollectionWatch()
        let before = ["i:90 h:80 g:70", "f:60 e:50 d:40"].map { Self.page($0, count: 9) }
        #expect(Self.text(watch.take(before[0])) == "")
        #expect(watch.turn == .page(2))
        #expect(Self.text(watch.take(before[1])) == "")
        #expect(watch.turn == .newest)
        #expect(Self.text(watch.take(Self.page("f:120:1 e:110:1 d:105:1", count: 9))) == "uf ue ud ?")
        #expect(watch.turn == .page(2))
        #expect(Self.text(watch.take(Self.page("c:100:1 i:90 h:80", count: 9))) == "uc")
        #expect(watch.turn == .newest)
        #expect(Self.text(watch.take(Self.page("f:120:1 e:110:1 d:105:1", count: 9))) == "")
        #expect(watch.turn == .page(3))
        #expect(Self.text(watch.take(Self.page("g:70 b:20 a:10", count: 9))) == "")
        #expect(watch.turn == .newest)
    }
}
