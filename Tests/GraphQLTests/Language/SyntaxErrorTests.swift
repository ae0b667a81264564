import GraphQL
import Testing

@Suite struct SyntaxErrorTests {
    /// A text, the message after `Syntax Error: `, and where it points.
    struct Case: CustomTestStringConvertible {
        let text: String
        let message: String
        let line: Int
        let column: Int
        var testDescription: String { text.debugDescription }

        init(_ text: String, _ message: String, _ line: Int, _ column: Int) {
            self.text = text
            self.message = message
            self.line = line
            self.column = column
        }
    }

    static let tokens: [Case] = [
        Case("", "Unexpected <EOF>.", 1, 1),
        Case("# only a comment", "Unexpected <EOF>.", 1, 17),
        Case("{", "Expected Name, found <EOF>.", 1, 2),
        Case("{}", "Expected Name, found \"}\".", 1, 2),
        Case("{ a(b: 'c') }", "Unexpected single quote character ('), did you mean to use a double quote (\")?", 1, 8),
        Case("{ a ? }", "Unexpected character: \"?\".", 1, 5),
        Case("{ a .. }", "Unexpected character: \".\".", 1, 5),
        Case("{ a \u{7} }", "Unexpected character: U+0007.", 1, 5),
        Case("{ a \u{0} }", "Unexpected character: U+0000.", 1, 5),
        Case("{ a é }", "Unexpected character: U+00E9.", 1, 5),
        Case("{ a 😀 }", "Unexpected character: U+1F600.", 1, 5),
        Case("{ a(b: 00) }", "Invalid number, unexpected digit after 0: \"0\".", 1, 9),
        Case("{ a(b: 1.) }", "Invalid number, expected digit but got: \")\".", 1, 10),
        Case("{ a(b: 1.2.3) }", "Invalid number, expected digit but got: \".\".", 1, 11),
        Case("{ a(b: -x) }", "Invalid number, expected digit but got: \"x\".", 1, 9),
        Case("{ a(b: 1e", "Invalid number, expected digit but got: <EOF>.", 1, 10),
        Case("{ a(b: 1x) }", "Invalid number, expected digit but got: \"x\".", 1, 9),
        Case("{ a(b: 1é) }", "Unexpected character: U+00E9.", 1, 9),
    ]

    static let strings: [Case] = [
        Case("{ a(b: \"", "Unterminated string.", 1, 9),
        Case("{ a(b: \"c\nd\") }", "Unterminated string.", 1, 10),
        Case("{ a(b: \"\"\"c\nd", "Unterminated string.", 2, 2),
        Case("{ a(b: \"\\x\") }", "Invalid character escape sequence: \"\\x\".", 1, 9),
        Case("{ a(b: \"\\😀\") }", "Invalid character escape sequence: \"\\\u{FFFD}\".", 1, 9),
        Case("{ a(b: \"\\u12\") }", "Invalid Unicode escape sequence: \"\\u12\")\".", 1, 9),
        Case("{ a(b: \"\\u12é4\") }", "Invalid Unicode escape sequence: \"\\u12é4\".", 1, 9),
        Case("{ a(b: \"\\uDC00\") }", "Invalid Unicode escape sequence: \"\\uDC00\".", 1, 9),
        Case("{ a(b: \"\\uD83D\\uD83D\") }", "Invalid Unicode escape sequence: \"\\uD83D\".", 1, 9),
        Case("{ a(b: \"\\u{}\") }", "Invalid Unicode escape sequence: \"\\u{}\".", 1, 9),
        Case("{ a(b: \"\\u{D800}\") }", "Invalid Unicode escape sequence: \"\\u{D800}\".", 1, 9),
        Case("{ a(b: \"\\u{110000}\") }", "Invalid Unicode escape sequence: \"\\u{110000}\".", 1, 9),
        Case("{ a(b: \"\\u{000000041}\") }", "Invalid Unicode escape sequence: \"\\u{000000041\".", 1, 9),
        Case("{ a(b: \"\\u{FFFFFFFF}\") }", "Invalid Unicode escape sequence: \"\\u{FFFFFFFF\".", 1, 9),
    ]

    static let productions: [Case] = [
        Case("notAKeyword Q { a }", "Unexpected Name \"notAKeyword\".", 1, 1),
        Case("...", "Unexpected \"...\".", 1, 1),
        Case("query", "Expected \"{\", found <EOF>.", 1, 6),
        Case("query () { a }", "Expected \"$\", found \")\".", 1, 8),
        Case("{ a(b: {c: }) }", "Unexpected \"}\".", 1, 12),
        Case("{ a(b: @) }", "Unexpected \"@\".", 1, 8),
        Case("{ ...on }", "Expected Name, found \"}\".", 1, 9),
        Case("fragment on on T { a }", "Unexpected Name \"on\".", 1, 10),
        Case("fragment F T { a }", "Expected \"on\", found Name \"T\".", 1, 12),
        Case("query ($v: Int = $w) { a }", "Unexpected variable \"$w\" in constant value.", 1, 18),
        Case("query ($v: Int = $) { a }", "Unexpected \"$\".", 1, 18),
        Case("query ($v: [Int) { a }", "Expected \"]\", found \")\".", 1, 16),
        Case("\"about\" { a }", "Unexpected description, descriptions are not supported on shorthand queries.", 1, 1),
        Case(
            "\"about\" extend type T @a",
            "Unexpected description, only GraphQL definitions support descriptions.",
            1,
            1
        ),
        Case("\"about\" nothing", "Unexpected description, only GraphQL definitions support descriptions.", 1, 1),
        Case("\"about\" 1", "Unexpected Int \"1\".", 1, 9),
        Case("extend", "Unexpected <EOF>.", 1, 7),
        Case("extend nothing", "Unexpected Name \"nothing\".", 1, 8),
        Case("extend type T", "Unexpected <EOF>.", 1, 14),
        Case("extend schema", "Unexpected <EOF>.", 1, 14),
        Case("extend scalar S", "Unexpected <EOF>.", 1, 16),
        Case("schema {}", "Expected Name, found \"}\".", 1, 9),
        Case("schema { queries: Q }", "Unexpected Name \"queries\".", 1, 10),
        Case("type T {}", "Expected Name, found \"}\".", 1, 9),
        Case("type T { a: }", "Expected Name, found \"}\".", 1, 13),
        Case("type T implements A B { a: Int }", "Unexpected Name \"B\".", 1, 21),
        Case("union U = | { }", "Expected Name, found \"{\".", 1, 13),
        Case("enum E { true }", "Name \"true\" is reserved and cannot be used for an enum value.", 1, 10),
        Case("input I { a(b: Int): Int }", "Expected \":\", found \"(\".", 1, 12),
        Case("directive @d on ELSEWHERE", "Unexpected Name \"ELSEWHERE\".", 1, 17),
        Case("directive @d", "Expected \"on\", found <EOF>.", 1, 13),
        Case("{ a(b: \"\"\"x\n  y\"\"\" \"z\" }", "Expected Name, found String \"z\".", 2, 8),
    ]

    @Test(arguments: tokens + strings + productions)
    func saysWhatIsWrongAndWhere(example: Case) {
        let source = Source(example.text)
        let expected = GraphQLError(
            "Syntax Error: \(example.message)",
            locations: [SourceLocation(line: example.line, column: example.column)]
        )
        #expect(throws: SyntaxError.self) { try Document(parsing: source) }
        #expect(syntaxError(of: source)?.graphQLError(in: source) == expected)
    }

    @Test(arguments: [
        ("{ é ? }", 2),
        ("# é\n?", 5),
        ("\u{FEFF}?", 3),
        ("{ a(b: \"é😀\" ?", 16),
    ])
    func offsetsCountBytes(text: String, offset: Int) {
        #expect(syntaxError(of: Source(text))?.offset == offset)
    }

    @Test(arguments: [
        ("{ a(b: \"é😀\" ?", 1, 14),
        ("\u{FEFF}?", 1, 2),
        ("{\r\n\r?", 3, 1),
        ("{ a\n\n  b ?", 3, 5),
    ])
    func columnsCountUTF16UnitsAndLinesAllTerminators(text: String, line: Int, column: Int) {
        let source = Source(text)
        let locations = syntaxError(of: source)?.graphQLError(in: source).locations
        #expect(locations == [SourceLocation(line: line, column: column)])
    }

    /// What stands before the bytes that are not UTF-8; after them comes a space.
    static let invalidUTF8: [(prefix: String, bytes: [UInt8], offset: Int)] = [
        ("{ a ", [0xFF], 4),
        ("# ", [0xC3, 0x28], 2),
        ("{ a(b: \"\"\"", [0xC0, 0xAF], 10),
        ("{ a(b: \"", [0xF0, 0x9F, 0x98], 8),
        ("{ a(b: \"", [0xF4, 0x90, 0x80, 0x80], 8),
        ("{ a(b: \"\\", [0x80], 9),
        ("{ a(b: 1", [0x80], 8),
    ]

    @Test func halfASurrogatePairIsNamed() {
        let source = Source(Array("{ a(b: \"".utf8) + [0xED, 0xA0, 0x80, 0x20])
        #expect(syntaxError(of: source) == SyntaxError("Invalid character within String: U+D800.", at: 8))
    }

    @Test(arguments: invalidUTF8)
    func bytesThatAreNotUTF8AreRefused(prefix: String, bytes: [UInt8], offset: Int) {
        let source = Source(Array(prefix.utf8) + bytes + [0x20])
        let byte = String(bytes[0], radix: 16, uppercase: true)
        #expect(syntaxError(of: source) == SyntaxError("Invalid UTF-8: unexpected byte 0x\(byte).", at: offset))
    }

    @Test func noTextCrashesTheParserAndEveryErrorPointsIntoIt() {
        for seed in 0..<UInt64(2000) {
            var mutation = TextMutation(seed: seed)
            let source = Source(mutation.mutated(mutation.pick(TextMutation.documents)))
            guard let error = syntaxError(of: source) else { continue }
            #expect(0...source.text.count ~= error.offset, "seed \(seed)")
            #expect(error.message.hasPrefix("Syntax Error: "), "seed \(seed)")
        }
    }

    private func syntaxError(of source: Source) -> SyntaxError? {
        do {
            _ = try Document(parsing: source)
            return nil
        } catch {
            return error
        }
    }
}
