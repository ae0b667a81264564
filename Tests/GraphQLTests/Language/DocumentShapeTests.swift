import GraphQL
import Testing

/// Which documents are equal but for a renaming of aliases.
@Suite struct DocumentShapeTests {
    private static func isSame(_ left: String, _ right: String) -> Bool? {
        guard let left = DocumentShape(left), let right = DocumentShape(right) else { return nil }
        return left == right
    }

    @Test(arguments: [
        ("{ a: id }", "{b:id}"), ("{ a: id b: id a: id }", "{ x: id, y: id, x: id }"),
        ("query Q { a: f(x: 1) { b: g } }", "query Q { b: f ( x : 1 ) { a: g } } # comment: é"),
        ("{ a: f(x: {y: \"a: b\"}) }", "{ z: f(x: {y: \"a: b\"}) }"),
        ("{ ...F } fragment F on T { a: b }", "{...F}fragment F on T{c:b}"),
        ("{ a: f @include(if: true) }", "{ long_alias: f @include(if: true) }"),
        ("{ a: f(x: \"\") }", "{ b: f(x:\"\") }"),
    ])
    func aRenamingOfAliasesKeepsTheShape(left: String, right: String) {
        #expect(Self.isSame(left, right) == true)
    }

    @Test(arguments: [
        // Other coincidences.
        ("{ a: id b: id }", "{ a: id a: id }"), ("{ a: id name }", "{ name: id name }"), ("{ a: id }", "{ id: id }"),
        ("{ a: id }", "{ id }"), ("{ name: id name }", "{ id: id name }"),
        // Other tokens.
        ("{ a: id }", "{ a: ids }"), ("{ a: f(x: 1) }", "{ a: f(y: 1) }"), ("{ a: f(x: 1) }", "{ a: f(x: 2) }"),
        ("{ a: f(x: {y: 1}) }", "{ a: f(x: {z: 1}) }"),
        ("query Q($a: Int) { b: f(x: $a) }", "query Q($c: Int) { b: f(x: $c) }"),
        ("{ a: f(x: \"a\") }", "{ a: f(x: \"b\") }"), ("{ a: f(x: \"#\") }", "{ a: f(x: \"\") }"),
        ("{ ab }", "{ a b }"),
        ("{ a: f(x: 12) }", "{ a: f(x: 1 2) }"), ("{ a: f(x: 1a) }", "{ a: f(x: 1 a) }"),
        ("query a { b: c }", "query b { b: c }"),
        ("{ a: f(x: \"\" \"\") }", "{ a: f(x: \"\") }"), ("{ a: f(x: -1) }", "{ a: f(x: - 1) }"),
    ])
    func otherDifferencesChangeTheShape(left: String, right: String) {
        #expect(Self.isSame(left, right) == false)
    }

    @Test(arguments: [
        "{ a: f(x: \"\"\"block\"\"\") }", "{ a . . . F }", "{ a: f(x: \"open) }", "{ é: id }", "{ a: id } \u{1}",
        "{ ..F }",
        "{ a: f(x: \"line\n\") }", "\u{FEFF}{ a: id }", String(repeating: "{ a: id } ", count: 2000),
        "{ \((0..<40).map { "a\($0): id" }.joined(separator: " ")) }",
    ])
    func uncommonTextsHaveNoShape(text: String) {
        #expect(DocumentShape(text) == nil)
    }

    @Test func shapeListsTheAliasesInOrder() {
        #expect(DocumentShape("{ b: id a: f { b: id name: x } name }")?.aliases == ["b", "a"])
    }

    /// One schema, many texts: those of one shape are all valid or all invalid.
    @Test func documentsOfOneShapeAreValidTogether() throws {
        let schema = try Schema(sdl: Source("type Query { id: ID name: String f(x: Int): Query }"))
        let names = ["a", "b", "id", "name", "f"]
        var validity: [DocumentShape: Bool] = [:]
        var shared = 0
        for first in names {
            for second in names {
                for third in names {
                    for pattern in [
                        "{ 1: id 2: name 3: f { 1: id } }", "{ 1: f { 2: id } 3: f { 2: name } }",
                        "{ 1: id ...F } fragment F on Query { 2: id 3 }",
                    ] {
                        let text = pattern.replacing("1", with: first).replacing("2", with: second)
                            .replacing("3", with: third)
                        let shape = try #require(DocumentShape(text))
                        let isValid = try validate(Document(parsing: Source(text)), schema: schema).isEmpty
                        if let known = validity[shape] {
                            shared += 1
                            #expect(known == isValid, "\(text)")
                        }
                        validity[shape] = isValid
                    }
                }
            }
        }
        #expect(shared > 20)
    }
}
