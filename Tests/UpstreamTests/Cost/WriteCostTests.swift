import JSON
import Testing
import Upstream

/// A write costs itself, and perhaps a fetch of what it wrote; what was read before a write is not taken for read after it.
@Suite struct WriteCostTests {
    private func steps(_ text: String) throws -> [String] {
        let cost = try EstimatedOperation(text, sdl: WriteTests.sdl + Self.more).cost
        let steps = cost.steps.map { "\(cost.path(of: $0)) \($0.calls.min)-\($0.calls.max)" }
        return steps + ["\(cost.calls.min)-\(cost.calls.max)"]
    }

    private static let more = """
        extend type Book { author: Author @reference(key: "author_id") }
        type Author @entity(get: "/authors/{id}") { id: ID! name: String }
        """

    @Test(arguments: [
        ("add(input: {}) { key }", ["add 1-2", "1-2"]),
        (#"remove(id: "1") { key }"#, ["remove 1-1", "1-1"]),
        (#"remove(id: "") { key }"#, ["remove 0-0", "0-0"]),
        (
            #"change(id: "1") { author { name } }"#,
            ["change 1-2", "change.author 0-1", "1-3"]
        ),
        (
            #"a: change(id: "1") { author { name } } b: change(id: "1") { author { name } }"#,
            ["a 1-2", "a.author 0-1", "b 1-2", "b.author 0-1", "2-6"]
        ),
        (
            "a: add(input: {}) { book { author { name } } } b: remove(id: 1) { key }",
            ["a 1-2", "a.book.author 0-1", "b 1-1", "2-4"]
        ),
    ])
    func everyWriteIsEstimated(fields: String, expected: [String]) throws {
        #expect(try steps("mutation { \(fields) }") == expected)
    }
}
