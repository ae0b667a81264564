import JSON
import TestSupport
import Testing
import Upstream

/// However large collections are and however the upstream states it, planning never costs more than it is worth.
@Suite struct FewestCallsTests {
    /// How books are spread over shelves.
    enum Spread: CaseIterable {
        case even
        /// Most books on a few shelves.
        case uneven
        case random
    }

    private struct Sizes {
        var generator: SeededGenerator

        mutating func sizes(_ spread: Spread) -> [Int] {
            let shelves = Int.random(in: 1...150, using: &generator)
            let most = [1, 2, 10, 40].randomElement(using: &generator) ?? 0
            return (0..<shelves).map { _ in
                switch spread {
                case .even: most
                case .random: Int.random(in: 0...most, using: &generator)
                case .uneven:
                    Int.random(in: 0..<20, using: &generator) == 0
                        ? most * 30 : Int.random(in: 0...1, using: &generator)
                }
            }
        }

        mutating func habits() -> CountingLibrary.Habits {
            CountingLibrary.Habits(
                count: CountingLibrary.Habits.Count.allCases.randomElement(using: &generator) ?? .all,
                endsWithNotFound: .random(using: &generator),
                leavesOutNull: .random(using: &generator)
            )
        }

        mutating func query() -> String {
            let shelves = Int.random(in: 1...60, using: &generator)
            let window = ["first: 5", "first: 30", "first: 0", "last: 3"].randomElement(using: &generator) ?? ""
            let color = ["", ", color: \"red\""].randomElement(using: &generator) ?? ""
            let sort = ["", ", sort: \"newest\""].randomElement(using: &generator) ?? ""
            return
                "{ shelves(first: \(shelves)) { nodes { id books(\(window)\(color)\(sort)) { totalCount nodes { id title } } } } }"
        }
    }

    @Test(arguments: Spread.allCases)
    func childrenOfManyParentsCostAtMostACallEach(spread: Spread) async throws {
        var saved = 0
        for seed in 0..<25 {
            var sizes = Sizes(generator: SeededGenerator(seed: UInt64(seed)))
            var library = CountingLibrary(
                sizes: sizes.sizes(spread),
                strays: Int.random(in: 0...9, using: &sizes.generator)
            )
            library.habits = sizes.habits()
            let query = sizes.query()
            let planned = try await library.run(query)
            let naive = try await library.run(query, .perRequest)
            // The first page of all books shows how many there are; where nobody counts, another one does.
            let most = naive.calls + (library.habits.count == .all ? 1 : 2)
            #expect(planned.calls <= most, "seed \(seed): \(library.habits) \(library.shelfCount) \(query)")
            // Where an upstream does not count, the end of a list can take a call that is not foreseen.
            let foreseen = planned.calls - planned.callsBehindEnds
            #expect(planned.calls >= planned.cost.min && foreseen <= planned.cost.max, "seed \(seed)")
            if library.habits.count == .all { #expect(planned.calls <= planned.cost.max, "seed \(seed)") }
            #expect(planned.response["errors"] == nil)
            // What an upstream that does not count leaves open, planning may find out.
            if library.habits.count == .all { #expect(planned.response == naive.response, "seed \(seed): \(query)") }
            saved += naive.calls - planned.calls
        }
        #expect(saved > 40)
    }

    @Test func emptyCollectionsOfManyParentsAreReadAsOne() async throws {
        let library = CountingLibrary(sizes: Array(repeating: 0, count: 30))
        let query = "{ shelves(first: 30) { nodes { books(first: 5) { totalCount nodes { id } } } } }"
        #expect(try await library.run(query).calls == 2)
    }

    @Test(arguments: CountingLibrary.Habits.Count.allCases)
    func twentyShelvesWithAFewBooksEachTakeElevenCalls(count: CountingLibrary.Habits.Count) async throws {
        var library = CountingLibrary(sizes: (0..<60).map { 14 + $0 % 5 })
        library.habits.count = count
        let query = #"{ shelves(first: 20) { nodes { books(color: "red", first: 5) { totalCount nodes { id } } } } }"#
        #expect(try await library.run(query).calls <= 11)
    }

    // MARK: - Objects by key

    private func query(_ keys: [String], _ field: String) -> String {
        "{ \(keys.enumerated().map { "f\($0): \(field)(id: \"\($1)\") { id title }" }.joined(separator: " ")) }"
    }

    @Test(arguments: CountingLibrary.Habits.Count.allCases)
    func objectsByKeyCostAtMostACallEach(count: CountingLibrary.Habits.Count) async throws {
        for seed in 0..<40 {
            var sizes = Sizes(generator: SeededGenerator(seed: UInt64(seed)))
            var library = CountingLibrary(sizes: sizes.sizes(.even))
            library.habits = sizes.habits()
            library.habits.count = count
            library.habits.showsSummaries = seed % 4 == 0
            let all = max(1, library.shelfOfBook.count)
            let missing = [0, 0, 1, 10].randomElement(using: &sizes.generator) ?? 0
            let keys = Set(
                (0..<Int.random(in: 1...80, using: &sizes.generator)).map { _ in
                    Int.random(in: 0..<all + all * missing, using: &sizes.generator)
                }
            )
            let names = keys.sorted().map { "b\($0)" }
            let query = query(names, "book")
            let planned = try await library.run(query)
            let naive = try await library.run(query, .perRequest)
            #expect(naive.calls == names.count)
            let slack = names.count < 3 ? 0 : max(2, names.count / 4)
            #expect(planned.calls <= names.count + slack, "seed \(seed): \(names.count) keys, \(all) books")
            #expect((planned.cost.min...planned.cost.max).contains(planned.calls), "seed \(seed)")
            #expect(planned.response == naive.response, "seed \(seed)")
        }
    }

    @Test(arguments: CountingLibrary.Habits.Count.allCases, [0, 1, 99, 100, 101, 999, 5000])
    func keysThatDoNotExistCostHardlyMoreThanACallEach(count: CountingLibrary.Habits.Count, size: Int) async throws {
        var library = CountingLibrary(sizes: [size])
        library.habits.count = count
        for keys in [1, 2, 3, 10, 60, 200] {
            let planned = try await library.run(query((0..<keys).map { "b9\($0)999999" }, "book"))
            #expect(planned.calls <= keys + (keys < 3 ? 0 : keys < 20 ? 1 : 2))
        }
    }

    @Test(arguments: [0, 470, 940])
    func keysThatStandTogetherAreFoundWithFewCalls(start: Int) async throws {
        let library = CountingLibrary(sizes: [1000])
        let planned = try await library.run(query((start..<start + 60).map { "b\($0)" }, "book"))
        #expect(planned.calls <= 10)
    }

    @Test func keysFromAllOverTheCollectionTakeItsPages() async throws {
        for count in CountingLibrary.Habits.Count.allCases {
            var library = CountingLibrary(sizes: [1000])
            library.habits.count = count
            let planned = try await library.run(query((0..<60).map { "b\($0 * 16)" }, "book"))
            #expect(planned.calls == 10)
        }
    }

    @Test func globalNamesOfSummariesAreCompleted() async throws {
        var library = CountingLibrary(sizes: [20])
        library.habits.showsSummaries = true
        let names = try await library.run("{ books(first: 5) { nodes { nodeId } } }").response["data"]?["books"]?[
            "nodes"
        ]
        let ids = try #require(names?.arrayValue?.compactMap { $0["nodeId"]?.stringValue })
        let list = ids.map { "\"\($0)\"" }.joined(separator: ",")
        let query = "{ nodes(nodeIds: [\(list)]) { nodeId ... on Book { title } } }"
        let planned = try await library.run(query)
        #expect(planned.response == (try await library.run(query, .perRequest).response))
        #expect(planned.calls <= 6)
    }
}
