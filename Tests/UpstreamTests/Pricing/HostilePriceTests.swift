import Testing
import Upstream

/// Operations that are written to cost much, or to cost much to price.
@Suite struct HostilePriceTests {
    private func nested(_ depth: Int) -> String {
        let open = "shelves(first: 10000) { nodes { "
        let level = "books(first: 10000) { nodes { reader { favorite { shelf { "
        let tail = String(repeating: " } } } } }", count: depth)
        return "{ \(open)\(String(repeating: level, count: depth)) id \(tail) } } }"
    }

    @Test(arguments: [3, 8, 30])
    func nestingStopsAtTheCeiling(depth: Int) throws {
        let price = try PricedOperation(nested(depth)).price
        #expect(price.calls == PriceRange(1, PriceRange.ceiling))
        #expect(price.steps.allSatisfy { $0.rows.max <= PriceRange.ceiling && $0.calls.max <= PriceRange.ceiling })
        #expect(price.dearest(5).map(\.calls) == Array(repeating: PriceRange.ceiling, count: 5))
    }

    @Test func aPageFarAwayIsCountedOnOneWorkspaceOnly() throws {
        let query = "{ books(page: 8388607, perPage: 10000) { nodes { id } } }"
        #expect(try PricedOperation(query).price.calls == PriceRange(1, 100))
        let terms = PricingTerms(workspaceCount: 2)
        // Merging has to read all that comes before.
        #expect(try PricedOperation(query, terms: terms).price.calls == PriceRange(2, PriceRange.ceiling))
    }

    @Test func manyAliasesOfManyAliasesAddUp() throws {
        let inner = (0..<30).map { #"b\#($0): books(color: "c\#($0)") { totalCount }"# }.joined(separator: " ")
        let outer = (0..<30).map { "a\($0): shelves(page: \($0 + 1), perPage: 100) { nodes { \(inner) } }" }
        let price = try PricedOperation("{ \(outer.joined(separator: " ")) }").price
        // Each of 30 pages of shelves has 100, each shelf 30 lists; each of the 30 × 30 may be looked for as one, with
        // two calls in vain.
        #expect(price.calls == PriceRange(30, 30 + 30 * 30 * 102))
    }

    @Test func manyAliasesWithTheSameCallsCostThemOnce() throws {
        let aliases = (0..<700).map { "a\($0): books(first: 7) { nodes { shelf { id } } }" }.joined(separator: " ")
        #expect(try PricedOperation("{ \(aliases) }").price.calls == PriceRange(1, 12))
    }

    @Test func manyWindowsOfOneCollectionAreNotPricedTwiceAsLongAsTheyTouch() throws {
        let aliases = (0..<200).map { "a\($0): books(page: \($0 + 1), perPage: 50) { totalCount }" }
        #expect(try PricedOperation("{ \(aliases.joined(separator: " ")) }").price.calls == PriceRange(100, 100))
    }

    @Test func fragmentsThatMultiplyArePricedAsTheyAreMerged() throws {
        // Each level selects the next one twice: 2⁵ ways to the same field.
        var text = "{ books(first: 2) { nodes { ...F0 } } }"
        for level in 0..<5 { text += " fragment F\(level) on Book { ...G\(level) ...H\(level) }" }
        for level in 0..<5 {
            let next = level == 4 ? "reader { id }" : "...F\(level + 1)"
            text += " fragment G\(level) on Book { \(next) } fragment H\(level) on Book { \(next) }"
        }
        #expect(try PricedOperation(text).price.calls == PriceRange(1, 3))
    }

    @Test func sumsAndProductsStopAtTheCeiling() {
        #expect(PriceRange(.max, .max) == PriceRange(PriceRange.ceiling, PriceRange.ceiling))
        let one = PriceRange(1, PriceRange.ceiling)
        #expect([one, one, one].map(\.max) == Array(repeating: PriceRange.ceiling, count: 3))
    }
}
