import GraphQL
import Testing

@Suite struct PrinterTests {
    @Test(arguments: [
        ("{a}", "{\n  a\n}"),
        ("query{a}", "{\n  a\n}"),
        ("mutation{a}", "mutation {\n  a\n}"),
        ("query Q{a}", "query Q {\n  a\n}"),
        ("query($a:Int=1@d){a}", "query ($a: Int = 1 @d) {\n  a\n}"),
        ("query@d{a}", "query @d {\n  a\n}"),
        ("query Q($a:[A!]!,$b:B)@d{a}", "query Q($a: [A!]!, $b: B) @d {\n  a\n}"),
        ("\"q\"query{a}", "\"q\"\nquery {\n  a\n}"),
        ("query(\"v\"$a:Int$b:Int){a}", "query (\n  \"v\"\n  $a: Int\n  $b: Int\n) {\n  a\n}"),
        ("{a:b(c:1)@d{e}}", "{\n  a: b(c: 1) @d {\n    e\n  }\n}"),
        (
            "{...F@d...on T{a}...@d{b}...{c}}",
            "{\n  ...F @d\n  ... on T {\n    a\n  }\n  ... @d {\n    b\n  }\n  ... {\n    c\n  }\n}"
        ),
        ("fragment F on T@d(a:$b){c}", "fragment F on T @d(a: $b) {\n  c\n}"),
        ("{a}{b}", "{\n  a\n}\n\n{\n  b\n}"),
    ])
    func laysOutOperations(text: String, printed: String) throws {
        #expect(try Document(parsing: Source(text)).text == printed)
    }

    @Test(arguments: [
        ("schema@d{query:Q mutation:M}", "schema @d {\n  query: Q\n  mutation: M\n}"),
        ("extend schema@d", "extend schema @d"),
        ("\"s\"scalar S@d", "\"s\"\nscalar S @d"),
        ("type T implements&A&B@d{a:Int}", "type T implements A & B @d {\n  a: Int\n}"),
        ("type T{\"a\"a(b:Int=1@d,c:[C!]):A@d}", "type T {\n  \"a\"\n  a(b: Int = 1 @d, c: [C!]): A @d\n}"),
        ("type T{a(\"b\"b:Int c:Int):A}", "type T {\n  a(\n    \"b\"\n    b: Int\n    c: Int\n  ): A\n}"),
        ("extend interface T implements A", "extend interface T implements A"),
        ("union U@d=|A|B", "union U @d = A | B"),
        ("extend union U=A", "extend union U = A"),
        ("enum E@d{A\"b\"B@d}", "enum E @d {\n  A\n  \"b\"\n  B @d\n}"),
        ("input I@d{a:Int=1 b:[I!]={}}", "input I @d {\n  a: Int = 1\n  b: [I!] = {}\n}"),
        ("directive@d(a:Int)repeatable on|FIELD|QUERY", "directive @d(a: Int) repeatable on FIELD | QUERY"),
        ("\"\"\"\nline one\n  line two\n\"\"\"type T", "\"\"\"\nline one\n  line two\n\"\"\"\ntype T"),
        ("type T{\"\"\"x\ny\"\"\"a:A}", "type T {\n  \"\"\"\n  x\n  y\n  \"\"\"\n  a: A\n}"),
    ])
    func laysOutTypeSystems(text: String, printed: String) throws {
        #expect(try Document(parsing: Source(text)).text == printed)
    }

    @Test func fieldsLongerThanALineHaveAnArgumentALine() throws {
        let short = String(repeating: "x", count: 68)
        #expect(try Document(parsing: Source("{field(a:\"\(short)\")}")).text == "{\n  field(a: \"\(short)\")\n}")
        let long = short + "y"
        #expect(
            try Document(parsing: Source("{field(a:\"\(long)\",b:2)}")).text
                == "{\n  field(\n    a: \"\(long)\"\n    b: 2\n  )\n}"
        )
    }

    @Test(arguments: [
        "1", "-0.5e+10", "\"a\\\"b\"", "true", "false", "null", "ENUM", "$variable", "[]", "{}",
        "[1, [\"a\", null], {b: {c: $d}}]", "{a: 1, b: [true]}",
    ])
    func valuesReadBackAsTheyWere(text: String) throws {
        #expect(try ValueNode(parsing: Source(text)).text == text)
    }

    @Test func whateverParsesPrintsAsATextThatPrintsTheSameAgain() throws {
        for seed in 0..<UInt64(500) {
            var mutation = TextMutation(seed: seed)
            let source = Source(mutation.mutated(mutation.pick(TextMutation.documents)))
            guard let document = try? Document(parsing: source) else { continue }
            let printed = document.text
            #expect(try Document(parsing: Source(printed)).text == printed, "seed \(seed)")
        }
    }
}
