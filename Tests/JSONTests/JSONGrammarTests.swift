import JSON
import TestSupport
import Testing

@Suite struct JSONGrammarTests {
    @Test(arguments: [
        "null", "true", "false", "0", "-0", "-1", "10", "1.5", "0.0", "1e5", "1E5", "1e+5", "1e-5", "1.25E-10",
        "-0.0e0",
        "123456789012345678901234567890", "1e999999", "\"\"", "\"a\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u0000\"",
        "\"\\uABCD\\uabcd\"", "\"\u{7F}\"", "\"\u{2028}\u{2029}\u{FEFF}\"", "[]", "{}", "[[]]", "[{}]", "{\"\":0}",
        "[1,2,3]", "{\"a\":1,\"b\":[]}", "{\"a\":1,\"a\":2}", " \t\r\n1 \t\r\n", "[ ]", "{ }", " [ 1 , 2 ] ",
        " { \"a\" : 1 , \"b\" : 2 } ", "[null,true,false]", "[\"aaaaaaaa\",\"aaaaaaaaaaaaaaa\",\"aaaaaaaaaaaaaaaa\"]",
    ])
    func acceptsValidTexts(_ text: String) throws {
        let document = try JSONDocument(parsing: Array(text.utf8))
        #expect(document.nodes.count >= 1)
        #expect(ReferenceGrammar.accepts(Array(text.utf8)))
    }

    @Test(
        arguments: [
            ("", .unexpectedEnd, 0), (" ", .unexpectedEnd, 1), ("[", .unexpectedEnd, 1), ("{", .unexpectedEnd, 1),
            ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3), ("{\"a\"", .unexpectedEnd, 4),
            ("{\"a\":", .unexpectedEnd, 5), ("{\"a\":1", .unexpectedEnd, 6), ("{\"a\":1,", .unexpectedEnd, 7),
            ("\"", .unexpectedEnd, 1), ("\"abc", .unexpectedEnd, 4), ("\"\\", .unexpectedEnd, 2),
            ("\"\\u12", .unexpectedEnd, 5), ("-", .unexpectedEnd, 1), ("1.", .unexpectedEnd, 2),
            ("1e", .unexpectedEnd, 2),
            ("1e+", .unexpectedEnd, 3), ("tru", .unexpectedEnd, 3), ("nul", .unexpectedEnd, 3),
            ("fals", .unexpectedEnd, 4),
            ("[1,]", .unexpectedByte, 3), ("[,1]", .unexpectedByte, 1), ("[1 2]", .unexpectedByte, 3),
            ("[1}", .unexpectedByte, 2), ("{]", .unexpectedByte, 1), ("{\"a\":1]", .unexpectedByte, 6),
            ("{\"a\":1,}", .unexpectedByte, 7), ("{a:1}", .unexpectedByte, 1), ("{1:1}", .unexpectedByte, 1),
            ("{\"a\" 1}", .unexpectedByte, 5), ("{\"a\",1}", .unexpectedByte, 4), ("{'a':1}", .unexpectedByte, 1),
            ("]", .unexpectedByte, 0), ("}", .unexpectedByte, 0), (",", .unexpectedByte, 0), (":", .unexpectedByte, 0),
            ("truE", .unexpectedByte, 3), ("True", .unexpectedByte, 0), ("nulL", .unexpectedByte, 3),
            ("fAlse", .unexpectedByte, 1), ("NaN", .unexpectedByte, 0), ("Infinity", .unexpectedByte, 0),
            ("-Infinity", .invalidNumber, 1), ("+1", .unexpectedByte, 0), (".5", .unexpectedByte, 0),
            ("01", .invalidNumber, 0), ("-01", .invalidNumber, 1), ("00", .invalidNumber, 0),
            ("1.e5", .invalidNumber, 2),
            ("1ex", .invalidNumber, 2), ("1.x", .invalidNumber, 2), ("- 1", .invalidNumber, 1),
            ("1 2", .trailingBytes, 2),
            ("1x", .trailingBytes, 1), ("0x10", .trailingBytes, 1), ("truex", .trailingBytes, 4),
            ("[]]", .trailingBytes, 2),
            ("{}{}", .trailingBytes, 2), ("\"\"\"\"", .trailingBytes, 2), ("1//", .trailingBytes, 1),
            ("/* */1", .unexpectedByte, 0), ("\"\\x41\"", .invalidEscape, 1), ("\"\\'\"", .invalidEscape, 1),
            ("\"\\U0041\"", .invalidEscape, 1), ("\"\\u12G4\"", .invalidEscape, 5), ("\"\\u 123\"", .invalidEscape, 3),
            ("\"\n\"", .controlCharacter, 1), ("\"a\t\"", .controlCharacter, 2), ("\"\0\"", .controlCharacter, 1),
            ("\"abcdefgh\u{1F}\"", .controlCharacter, 9), ("\u{FEFF}", .unexpectedEnd, 3),
            ("\u{A0}1", .unexpectedByte, 0),
            ("\u{0B}1", .unexpectedByte, 0), ("[\u{0C}]", .unexpectedByte, 1), ("\0", .unexpectedByte, 0),
        ] as [(String, JSONError.Code, Int)]
    )
    func rejectsInvalidTexts(_ text: String, code: JSONError.Code, offset: Int) {
        let error = failure(of: Array(text.utf8))
        #expect(error?.code == code)
        #expect(error?.offset == offset)
    }

    @Test(arguments: [
        ("[1,]", "Expected a value, found “]” at byte 3."),
        ("[1 2]", "Expected “,” or “]”, found “2” at byte 3."),
        ("{\"a\":1 2}", "Expected “,” or “}”, found “2” at byte 7."),
        ("{1:2}", "Expected a key, found “1” at byte 1."),
        ("{\"a\" 1}", "Expected “:”, found “1” at byte 5."),
        ("[truth]", "Expected “true”, found “t” at byte 4."),
        ("1\u{7F}", "Unexpected byte 0x7F after the value at byte 1."),
        ("-x", "Expected a digit, found “x” at byte 1."),
        ("01", "A number must not begin with a superfluous zero at byte 0."),
        ("\"\\q\"", "Unknown escape of “q” at byte 1."),
        ("\"\t\"", "Unescaped control character byte 0x09 at byte 1."),
        ("[", "Unexpected end of the text at byte 1."),
    ])
    func explainsWhatIsWrong(_ text: String, message: String) {
        #expect(failure(of: Array(text.utf8))?.message == message)
    }

    @Test func agreesWithTheGrammarOnEveryShortText() {
        let alphabet = Array("[]{},:\"10-.e\\ ".utf8)
        var texts: [[UInt8]] = [[]]
        for _ in 0..<4 {
            texts = texts.flatMap { text in alphabet.map { text + [$0] } }
            for text in texts where ReferenceGrammar.accepts(text) != (failure(of: text) == nil) {
                Issue.record("\(String(decoding: text, as: UTF8.self))")
            }
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func agreesWithTheGrammarOnDamagedTexts(_ seed: UInt64) {
        var random = RandomJSON(seed: seed)
        var generator = SeededGenerator(seed: seed)
        let text = Array(random.text(of: random.value()).utf8.filter { $0 < 0x80 })
        for _ in 0..<60 {
            var damaged = text
            let place = Int.random(in: 0..<damaged.count, using: &generator)
            let byte = "[]{},:\"019-+.eE\\ \ntrufalsn".utf8.randomElement(using: &generator) ?? 0
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: damaged[place] = byte
            case 1: damaged.insert(byte, at: place)
            default: damaged.remove(at: place)
            }
            #expect(ReferenceGrammar.accepts(damaged) == (failure(of: damaged) == nil))
        }
    }
}

/// The error that parsing some bytes throws, nil if there is none.
func failure(of bytes: [UInt8], limits: JSONLimits = .standard) -> JSONError? {
    do throws(JSONError) {
        _ = try JSONDocument(parsing: bytes, limits: limits)
        return nil
    } catch {
        return error
    }
}
