import Testing
import Upstream

/// Operations that are written to cost much, or whose estimate costs much.
@Suite struct HostileCostTests {
    private func nested(_ depth: Int) -> String {
        let open = "shelves(first: 10000) { nodes { "
        let level = "books(first: 10000) { nodes { reader { favorite { shelf { "
        let tail = String(repeating: " } } } } }", count: depth)
        return "{ \(open)\(String(repeating: level, count: depth)) id \(tail) } } }"
    }

    @Test(arguments: [3, 8, 30])
    func nestingStopsAtTheCeiling(depth: Int) throws {
        let cost = try EstimatedOperation(nested(depth)).cost
        #expect(cost.calls == CostRange(1, CostRange.ceiling))
        #expect(cost.steps.allSatisfy { $0.rows.max <= CostRange.ceiling && $0.calls.max <= CostRange.ceiling })
        #expect(cost.mostExpensive(5).map(\.calls) == Array(repeating: CostRange.ceiling, count: 5))
    }

    @Test func aPageFarAwayIsCountedOnOneWorkspaceOnly() throws {
        let query = "{ books(page: 8388607, perPage: 10000) { nodes { id } } }"
        #expect(try EstimatedOperation(query).cost.calls == CostRange(1, 100))
        let terms = CostContext(workspaceCount: 2)
        // Merging has to read all that comes before.
        #expect(try EstimatedOperation(query, terms: terms).cost.calls == CostRange(2, CostRange.ceiling))
    }

    @Test func manyAliasesOfManyAliasesAddUp() throws {
        let inner = (0..<30).map { #"b\#($0): books(color: "c\#($0)") { totalCount }"# }.joined(separator: " ")
        let outer = (0..<30).map { "a\($0): shelves(page: \($0 + 1), perPage: 100) { nodes { \(inner) } }" }
        let cost = try EstimatedOperation("{ \(outer.joined(separator: " ")) }").cost
        // Each of 30 pages of shelves has 100, each shelf 30 lists; each of the 30 × 30 may be looked for as one, with
        // two calls in vain.
        #expect(cost.calls == CostRange(30, 30 + 30 * 30 * 102 + 30 * 128))
    }

    @Test func manyAliasesWithTheSameCallsCostThemOnce() throws {
        let aliases = (0..<700).map { "a\($0): books(first: 7) { nodes { shelf { id } } }" }.joined(separator: " ")
        #expect(try EstimatedOperation("{ \(aliases) }").cost.calls == CostRange(1, 12))
    }

    @Test func windowsThatTouchTheSamePageCountItOnce() throws {
        let aliases = (0..<200).map { "a\($0): books(page: \($0 + 1), perPage: 50) { totalCount }" }
        #expect(try EstimatedOperation("{ \(aliases.joined(separator: " ")) }").cost.calls == CostRange(100, 100))
    }

    @Test func nestedFragmentSpreadsAreCountedOnceMerged() throws {
        // Each level selects the next one twice: 2⁵ ways to the same field.
        var text = "{ books(first: 2) { nodes { ...F0 } } }"
        for level in 0..<5 { text += " fragment F\(level) on Book { ...G\(level) ...H\(level) }" }
        for level in 0..<5 {
            let next = level == 4 ? "reader { id }" : "...F\(level + 1)"
            text += " fragment G\(level) on Book { \(next) } fragment H\(level) on Book { \(next) }"
        }
        #expect(try EstimatedOperation(text).cost.calls == CostRange(1, 3))
    }

    @Test func sumsAndProductsStopAtTheCeiling() {
        #expect(CostRange(.max, .max) == CostRange(CostRange.ceiling, CostRange.ceiling))
        let one = CostRange(1, CostRange.ceiling)
        #expect([one, one, one].map(\.max) == Array(repeating: CostRange.ceiling, count: 3))
    }
}
