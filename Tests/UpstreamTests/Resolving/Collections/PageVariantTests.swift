import JSON
import Testing

@testable import Upstream

/// Every window has its rows, however the upstream fills its pages and whatever it counts.
@Suite struct PageVariantTests {
    /// What an upstream does with pages and counts.
    struct Variant: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var size = 350
        let habits: MovingRows.Habits
        /// Whether the count contradicts the rows where all of them are read.
        var contradicts = false
    }

    private static func habits(_ change: (inout MovingRows.Habits) -> Void) -> MovingRows.Habits {
        var habits = MovingRows.Habits()
        habits.caches = true
        change(&habits)
        return habits
    }

    /// A walk takes hardly more than two calls for each page, also where no count says whether more follow.
    @Test(arguments: [100, 50]) func aWalkWithoutCountsTakesFewCalls(size: Int) async throws {
        let upstream = try MovingRows([MovingRows.numbered(600)], habits: Self.habits { $0.count = { _, _ in nil } })
        var shown: [String] = []
        var cursor = ""
        for _ in 0..<(600 / size) {
            let (rows, errors) = try await upstream.run(
                "{ rows(first: \(size)\(cursor)) { nodes { id } pageInfo { hasNextPage endCursor } } }"
            )
            #expect(errors == nil)
            shown += MovingRows.ids(rows)
            cursor = ", after: \"\(try #require(rows?["pageInfo"]?["endCursor"]?.stringValue))\""
        }
        #expect(shown == (0..<600).reversed().map { "r\($0)" })
        #expect(upstream.transport.paths.count <= 14)
    }

    static let variants: [Variant] = [
        Variant(testDescription: "full pages", habits: habits { _ in }),
        Variant(testDescription: "full pages, 404 behind them", habits: habits { $0.endsWithNotFound = true }),
        Variant(testDescription: "counts of pages", habits: habits { $0.count = { $1 } }),
        Variant(testDescription: "no counts", habits: habits { $0.count = { _, _ in nil } }),
        Variant(testDescription: "a cap of 50", habits: habits { $0.cap = 50 }),
        Variant(testDescription: "a cap of 30", habits: habits { $0.cap = 30 }),
        Variant(
            testDescription: "a cap of 50, counts of pages",
            habits: habits {
                $0.cap = 50
                $0.count = { $1 }
            }
        ),
        Variant(
            testDescription: "a cap of 50, no counts",
            habits: habits {
                $0.cap = 50
                $0.count = { _, _ in nil }
            }
        ),
        Variant(
            testDescription: "a cap of 20, counts of pages",
            habits: habits {
                $0.cap = 20
                $0.count = { $1 }
            }
        ),
        Variant(
            testDescription: "half of the rows hidden, no counts",
            habits: habits {
                $0.hides = { $0.created % 5 < 3 }
                $0.count = { _, _ in nil }
            }
        ),
        Variant(
            testDescription: "an empty first page, no counts",
            habits: habits {
                $0.hides = { (250..<350).contains($0.created) }
                $0.count = { _, _ in nil }
            }
        ),
        Variant(
            testDescription: "an empty page in the middle, no counts",
            habits: habits {
                $0.hides = { (150..<250).contains($0.created) }
                $0.count = { _, _ in nil }
            }
        ),
        Variant(testDescription: "a cap of 50 and a few rows more", size: 52, habits: habits { $0.cap = 50 }),
        Variant(
            testDescription: "a row hidden from the first page",
            habits: habits { $0.hides = { $0.created == 345 } },
            contradicts: true
        ),
        Variant(
            testDescription: "a row hidden from a page in the middle, 404 behind the last",
            habits: habits {
                $0.hides = { $0.created == 200 }
                $0.endsWithNotFound = true
            },
            contradicts: true
        ),
        Variant(
            testDescription: "a row hidden from the first page, no counts",
            habits: habits {
                $0.hides = { $0.created == 345 }
                $0.count = { _, _ in nil }
            }
        ),
        Variant(
            testDescription: "an empty page in the middle",
            habits: habits { $0.hides = { (150..<250).contains($0.created) } },
            contradicts: true
        ),
        Variant(
            testDescription: "a count far too high",
            habits: habits { $0.count = { all, _ in all + 800 } },
            contradicts: true
        ),
        Variant(
            testDescription: "a count too high",
            habits: habits { $0.count = { all, _ in all + 10 } },
            contradicts: true
        ),
        Variant(
            testDescription: "a count too low",
            habits: habits { $0.count = { all, _ in all - 60 } },
            contradicts: true
        ),
        Variant(
            testDescription: "a count of full pages, too low",
            habits: habits { $0.count = { _, _ in 200 } },
            contradicts: true
        ),
        Variant(
            testDescription: "a count of one page, too low",
            habits: habits { $0.count = { _, _ in 100 } },
            contradicts: true
        ),
        Variant(
            testDescription: "an empty first page, and one row more than are counted",
            size: 101,
            habits: habits {
                $0.hides = { $0.created > 0 }
                $0.count = { all, _ in all - 1 }
            },
            contradicts: true
        ),
        Variant(
            testDescription: "an empty page, which is the last by a count that is too low",
            size: 201,
            habits: habits {
                $0.hides = { (1..<101).contains($0.created) }
                $0.count = { all, _ in all - 1 }
            },
            contradicts: true
        ),
        Variant(testDescription: "exactly full pages", size: 300, habits: habits { _ in }),
        Variant(testDescription: "exactly one full page", size: 100, habits: habits { _ in }),
        Variant(
            testDescription: "exactly one full page, 404 behind it",
            size: 100,
            habits: habits { $0.endsWithNotFound = true }
        ),
        Variant(
            testDescription: "exactly one full page with its own count",
            size: 100,
            habits: habits { $0.count = { $1 } }
        ),
    ]

    private func visible(_ upstream: MovingRows, _ variant: Variant) -> [String] {
        upstream.rows().filter { !variant.habits.hides($0) }.sorted { $0.created > $1.created }.map(\.id)
    }

    @Test(arguments: variants) func listHasAllRowsAndTheirTotal(variant: Variant) async throws {
        let upstream = try MovingRows([MovingRows.numbered(variant.size)], habits: variant.habits)
        let expected = visible(upstream, variant)
        let (rows, errors) = try await upstream.ask("first: 1000")
        #expect(MovingRows.ids(rows) == expected)
        #expect(rows?["pageInfo"]?["hasNextPage"] == false)
        #expect(rows?["totalCount"] == .integer(expected.count))
        let codes = errors?.arrayValue?.map { $0["extensions"]?["code"] }
        #expect(codes == (variant.contradicts ? ["UPSTREAM_INVALID_RESPONSE"] : nil))
    }

    @Test(arguments: variants, [25, 60, 100]) func aWalkShowsAllRows(variant: Variant, size: Int) async throws {
        let upstream = try MovingRows([MovingRows.numbered(variant.size)], habits: variant.habits)
        var shown: [String] = []
        var cursor = ""
        for _ in 0..<20 {
            let (rows, _) = try await upstream.run(
                "{ rows(first: \(size)\(cursor)) { nodes { id } pageInfo { hasNextPage endCursor } } }"
            )
            let ids = MovingRows.ids(rows)
            shown += ids
            guard rows?["pageInfo"]?["hasNextPage"] == true else {
                #expect(shown == visible(upstream, variant))
                return
            }
            #expect(ids.count == size)
            cursor = ", after: \"\(try #require(rows?["pageInfo"]?["endCursor"]?.stringValue))\""
        }
        Issue.record("The walk does not end.")
    }

    @Test(arguments: variants) func theLastRowsAreThoseAtTheEnd(variant: Variant) async throws {
        for count in [1, 60, 1000] {
            let upstream = try MovingRows([MovingRows.numbered(variant.size)], habits: variant.habits)
            let (rows, _) = try await upstream.ask("last: \(count)")
            let expected = visible(upstream, variant)
            #expect(MovingRows.ids(rows) == expected.suffix(count), "last: \(count)")
            #expect(rows?["pageInfo"]?["hasPreviousPage"] == .bool(count < expected.count), "last: \(count)")
        }
    }

    @Test(arguments: variants) func pagesTogetherHaveAllRows(variant: Variant) async throws {
        let upstream = try MovingRows([MovingRows.numbered(variant.size)], habits: variant.habits)
        var shown: [String] = []
        for page in 1...20 {
            let (rows, _) = try await upstream.ask("page: \(page), perPage: 40")
            shown += MovingRows.ids(rows)
        }
        #expect(shown == visible(upstream, variant))
    }

    /// A page of as many rows may be cut at a usual cap: whether more follow is found out, and not assumed.
    @Test(arguments: [20, 25, 50, 100], [true, false])
    func noPageFollowsTheLastOne(size: Int, countsAll: Bool) async throws {
        var habits = MovingRows.Habits()
        if !countsAll { habits.count = { $1 } }
        for page in 1...size / 5 {
            let upstream = try MovingRows([MovingRows.numbered(size)], habits: habits)
            let (rows, _) = try await upstream.run(
                "{ rows(page: \(page), perPage: 5) { nodes { id } pageInfo { hasNextPage } } }"
            )
            #expect(MovingRows.ids(rows).count == 5)
            #expect(rows?["pageInfo"]?["hasNextPage"] == .bool(page * 5 < size), "page \(page)")
        }
    }

    @Test(arguments: ["first: 1000", "last: 1000"])
    func rowsWhoseKeysOnlyLookTheSameAreAllThere(window: String) async throws {
        let keys = ["caf\u{E9}", "cafe\u{301}"]
        // One is the first row of the first page, the other the last row of the second.
        let ends = [MovingRows.Row(id: keys[0], created: 1000), MovingRows.Row(id: keys[1], created: -1)]
        let (found, errors) = try await MovingRows([MovingRows.numbered(150) + ends]).ask(window)
        #expect(errors == nil)
        #expect(found?["totalCount"] == 152)
        let shown = MovingRows.ids(found).map { Array($0.utf8) }
        #expect(Set(shown).count == 152)
        #expect(shown.first == Array(keys[0].utf8))
        #expect(shown.last == Array(keys[1].utf8))
    }

    @Test func whatAUpstreamCountsIsFoundOutOnce() async throws {
        let upstream = try MovingRows([MovingRows.numbered(100)])
        let (first, _) = try await upstream.ask("first: 10")
        #expect(first?["totalCount"] == 100)
        #expect(upstream.transport.paths.count == 2)
        let (again, _) = try await upstream.ask("first: 10")
        #expect(again?["totalCount"] == 100)
        #expect(upstream.transport.paths.count == 3)
    }

    @Test func aCapIsFoundOutOnce() async throws {
        var habits = MovingRows.Habits()
        habits.cap = 50
        let upstream = try MovingRows([MovingRows.numbered(350)], habits: habits)
        _ = try await upstream.ask("first: 120")
        let before = upstream.transport.paths.count
        let (rows, _) = try await upstream.ask("page: 5, perPage: 60")
        #expect(MovingRows.ids(rows) == (50..<110).reversed().map { "r\($0)" })
        #expect(
            upstream.transport.paths.dropFirst(before).map { $0.contains("page=5&") || $0.contains("page=6&") } == [
                true, true,
            ]
        )
    }
}
