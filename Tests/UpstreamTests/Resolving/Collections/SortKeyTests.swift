import GraphQL
import JSON
import Testing

@testable import Upstream

/// What rows of several workspaces are merged by.
@Suite struct SortKeyTests {
    /// In ascending order; null and what is no scalar come last.
    @Test func valuesOfOneKindAreInOrder() throws {
        for texts in [["false", "true", "null"], ["-1", "0.5", "10", "{}"], [#""B""#, #""a""#, #""é""#, "[]"]] {
            let keys = try texts.map { text in
                let json = try JSONDocument(parsing: Array(#"{"a":\#(text)}"#.utf8))
                return SortKey(of: 0, in: SourceDocument(json, origin: 0), member: JSONKey("a"))
            }
            for (left, right) in zip(keys, keys.dropFirst()) {
                #expect(left.isLess(than: right), "\(left) \(right)")
                #expect(!right.isLess(than: left), "\(left) \(right)")
            }
            let values = try texts.map { SortKey(try JSONValue(parsing: $0)) }
            for (left, right) in zip(values, values.dropFirst()) { #expect(left.isLess(than: right)) }
        }
    }
}
