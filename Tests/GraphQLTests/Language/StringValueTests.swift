import GraphQL
import Testing

@Suite struct StringValueTests {
    @Test(arguments: [
        (#""""#, ""),
        (#""plain é 😀""#, "plain é 😀"),
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
        (#""a\u0041\u00e9\uFFFFz""#, "aA\u{E9}\u{FFFF}z"),
        (#""\uD83D\uDE00""#, "😀"),
        (#""\u{1F600}\u{0}\u{00000041}""#, "😀\u{0}A"),
        ("\"raw \u{7} control\"", "raw \u{7} control"),
    ])
    func escapesStandForTheirCharacters(literal: String, value: String) throws {
        #expect(try string(literal) == [value, "false"])
    }

    @Test(arguments: [
        ("\"\"\"\"\"\"", ""),
        ("\"\"\"one line\"\"\"", "one line"),
        ("\"\"\"  keeps leading space\"\"\"", "  keeps leading space"),
        (
            "\"\"\"\n    Hello,\n      World!\n\n    Yours,\n      GraphQL.\n  \"\"\"",
            "Hello,\n  World!\n\nYours,\n  GraphQL."
        ),
        ("\"\"\"a\r\n  b\r  c\n  d\"\"\"", "a\nb\nc\nd"),
        ("\"\"\"  \n\t\n \"\"\"", ""),
        ("\"\"\"\n\n  a\n \n\n  b\n\n\"\"\"", "a\n\n\nb"),
        ("\"\"\"\n  \ta\n  b\"\"\"", "\ta\nb"),
        ("\"\"\"no \\n escape \\u0041\"\"\"", "no \\n escape \\u0041"),
        ("\"\"\"a \\\"\"\" b\"\"\"", "a \"\"\" b"),
        ("\"\"\"a \\\\\"\"\"b\"\"\"", "a \\\"\"\"b"),
        ("\"\"\"two \"\" quotes\"\"\"", "two \"\" quotes"),
        ("\"\"\"\\\"\"\"\"\"\"", "\"\"\""),
    ])
    func blockStringsLoseTheirLayout(literal: String, value: String) throws {
        #expect(try string(literal) == [value, "true"])
    }

    @Test(arguments: [
        ("a", "\"\"\"a\"\"\""),
        ("", "\"\"\"\"\"\""),
        ("a\nb", "\"\"\"\na\nb\n\"\"\""),
        (" a", "\"\"\" a\"\"\""),
        ("ends in \"", "\"\"\"\nends in \"\n\"\"\""),
        ("ends in \\", "\"\"\"\nends in \\\n\"\"\""),
        ("a \"\"\" b", "\"\"\"a \\\"\"\" b\"\"\""),
        ("\"\"\"", "\"\"\"\n\\\"\"\"\n\"\"\""),
        (String(repeating: "x", count: 71), "\"\"\"\n\(String(repeating: "x", count: 71))\n\"\"\""),
        ("a\n  b", "\"\"\"\na\n  b\n\"\"\""),
    ])
    func blockStringsAreWrittenSoThatTheyReadBack(value: String, text: String) throws {
        #expect(BlockString.text(of: value) == text)
        #expect(try string(text) == [value, "true"])
    }

    @Test(arguments: [
        ("", true), ("a", true), (" a", true), ("a\nb", true), ("a\n b", true), ("  a\nb", true), ("é\u{1F600}", true),
        ("\n", false), ("\na", false), ("a\n", false), ("a\n ", false), (" ", false), ("  a\n  b", false),
        ("a\rb", false), ("a\r\nb", false), ("a\u{0}", false), ("a\u{B}", false), ("a\u{1F}b", true),
    ])
    func knowsWhatABlockStringCanHold(value: String, canHold: Bool) throws {
        #expect(BlockString.canHold(value) == canHold)
        if canHold { #expect(try string(BlockString.text(of: value)) == [value, "true"]) }
    }

    @Test func stringsAreQuotedWithTheFewestEscapes() {
        let value = "a\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1F}\u{7F}\u{85}é😀"
        #expect(StringNode.quoted(value) == #""a\"\\/\b\f\n\r\t\u0000\u001F\u007F\u0085é😀""#)
    }

    /// The value and kind of a string literal.
    private func string(_ literal: String) throws -> [String] {
        guard case .string(let node) = try ValueNode(parsing: Source(literal)) else { return [] }
        return [node.value, String(node.isBlock)]
    }
}
