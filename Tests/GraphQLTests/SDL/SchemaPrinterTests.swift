import GraphQL
import Testing

@Suite struct SchemaPrinterTests {
    private func printed(_ sdl: String, _ style: SchemaPrinter.Style = .client, prelude: String? = nil) throws -> String
    {
        let preludes = try prelude.map { [try Document(parsing: Source($0))] } ?? []
        return SchemaPrinter.text(of: try Schema(sdl: Source(sdl), preludes: preludes), style: style)
    }

    /// Texts that are printed as they stand.
    @Test(arguments: [
        "type Query {\n  a: Int\n}",
        "schema {\n  query: Q\n  mutation: M\n}\n\ntype Q {\n  a: Int\n}\n\ntype M {\n  a: Int\n}",
        "\"\"\"The schema.\"\"\"\nschema {\n  query: Query\n}\n\ntype Query {\n  a: Int\n}",
        "directive @a on FIELD | QUERY\n\ndirective @b(x: Int! = 1, y: [String]) repeatable on FIELD\n\n"
            + "type Query {\n  a: Int\n}",
        "interface I {\n  a: Int\n}\n\ninterface J implements I {\n  a: Int\n}\n\n"
            + "type Query implements J & I {\n  a: Int\n}",
        "union U = Query | T\n\ntype Query {\n  a: U\n}\n\ntype T {\n  a: Int\n}",
        "enum E {\n  A @deprecated\n\n  \"\"\"d\"\"\"\n  B @deprecated(reason: \"say \\\"B\\\"\")\n}\n\ntype Query {\n  a: E\n}",
        "scalar S @specifiedBy(url: \"https://example.org\")\n\nscalar T\n\ntype Query {\n  a: S\n}",
        "input In @oneOf {\n  a: Int\n  b: [In!] @deprecated\n}\n\ntype Query {\n  a(b: In = {a: 1}): Int\n}",
        "type Query {\n  a(\n    \"\"\"d\"\"\"\n    x: Int = 1\n    y: Int @deprecated\n\n    \"\"\"e\"\"\"\n    z: Int\n  ): Int\n}",
        "type Query {\n  \"\"\"\n  one\n    two\n  \"\"\"\n  a: Int\n\n  \"\"\"\n  ends with \"quotes\"\n  \"\"\"\n  b: Int\n}",
        "type Query {\n  \"\\n\"\n  a: Int\n\n  \"\"\"\"\"\"\n  b: Int\n}",
    ])
    func printsWhatCanBeReadAgain(text: String) throws {
        #expect(try printed(text) == text)
    }

    @Test func defaultsArePrintedAsTheyAreCoerced() throws {
        let text = try printed(
            """
            type Query {
              a(f: Float = 1.50, l: [[ID]] = 5, in: In = {n: 1}, s: String = \"\"\"block\"\"\", n: In = null): Int
            }
            input In { n: Int o: [In!] = [] f: Float = 1e3 e: E = B } enum E { A B }
            """
        )
        let line = text.split(separator: "\n").first { $0.hasPrefix("  a(") }.map { String($0) }
        let expected =
            "  a(f: Float = 1.5, l: [[ID]] = [[5]], "
            + "in: In = {n: 1, o: [], f: 1000, e: B}, s: String = \"block\", n: In = null): Int"
        #expect(line == expected)
    }

    @Test func extensionsArePrintedAsPartOfTheirTypes() throws {
        #expect(
            try printed("type Query { a: Int } extend type Query @d { b: Int } directive @d on OBJECT")
                == "directive @d on OBJECT\n\ntype Query {\n  a: Int\n  b: Int\n}"
        )
    }

    private static let prelude = "\"p\" directive @get(url: String!, how: How) on FIELD_DEFINITION enum How { FAST }"
    private static let bound = """
        schema @s { query: Query }
        directive @s on SCHEMA
        directive @t(n: Int) repeatable on OBJECT | UNION | ENUM | ENUM_VALUE | SCALAR | INPUT_OBJECT | INTERFACE
        directive @v on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
        type Query implements I @t { a(x: Int = 1 @v): Int @get(url: "u", how: FAST) @deprecated(reason: "r") }
        extend type Query @t(n: 2)
        interface I @t { a(x: Int): Int @deprecated }
        union U @t = Query
        enum E @t { A @t }
        scalar S @t @specifiedBy(url: "u")
        input In @t @oneOf { a: Int @v }
        """

    @Test func clientsSeeNeitherPreludesNorAppliedDirectives() throws {
        #expect(
            try printed(Self.bound, prelude: Self.prelude) == """
                directive @s on SCHEMA

                directive @t(n: Int) repeatable on OBJECT | UNION | ENUM | ENUM_VALUE | SCALAR | INPUT_OBJECT | INTERFACE

                directive @v on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION

                type Query implements I {
                  a(x: Int = 1): Int @deprecated(reason: "r")
                }

                interface I {
                  a(x: Int): Int @deprecated
                }

                union U = Query

                enum E {
                  A
                }

                scalar S @specifiedBy(url: "u")

                input In @oneOf {
                  a: Int
                }
                """
        )
    }

    @Test func boundSchemasArePrintedWithAllThatTheyWereBuiltFrom() throws {
        #expect(
            try printed(Self.bound, .bound, prelude: Self.prelude) == """
                schema @s {
                  query: Query
                }

                directive @s on SCHEMA

                directive @t(n: Int) repeatable on OBJECT | UNION | ENUM | ENUM_VALUE | SCALAR | INPUT_OBJECT | INTERFACE

                directive @v on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION

                \"\"\"p\"\"\"
                directive @get(url: String!, how: How) on FIELD_DEFINITION

                type Query implements I @t @t(n: 2) {
                  a(x: Int = 1 @v): Int @get(url: "u", how: FAST) @deprecated(reason: "r")
                }

                interface I @t {
                  a(x: Int): Int @deprecated
                }

                union U @t = Query

                enum E @t {
                  A @t
                }

                scalar S @t @specifiedBy(url: "u")

                input In @t @oneOf {
                  a: Int @v
                }

                enum How {
                  FAST
                }
                """
        )
    }

    @Test func whatIsPrintedBoundCanBeBuiltAgain() throws {
        let text = try printed(Self.bound, .bound, prelude: Self.prelude)
        #expect(try printed(text, .bound) == text)
    }
}
