import JSON
import Testing

@Suite struct JSONStringTests {
    @Test(arguments: [
        ("\"\"", ""), ("\"plain\"", "plain"), ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\u{08}\u{0C}\n\r\t"),
        ("\"\\u0041\\u00e9\\u20AC\"", "Aé€"), ("\"\\u0000\"", "\0"), ("\"\\uD83D\\uDE00\"", "😀"),
        ("\"x\\uDBFF\\uDFFFy\"", "x\u{10FFFF}y"), ("\"\\uD800\\uDC00\"", "\u{10000}"), ("\"é€😀\"", "é€😀"),
        ("\"12345678é12345678\\n12345678\"", "12345678é12345678\n12345678"),
    ])
    func decodesEscapes(_ text: String, contents: String) throws {
        let document = try JSONDocument(parsing: Array(text.utf8))
        #expect(document.stringValue(of: 0).map { Array($0.utf8) } == Array(contents.utf8))
    }

    @Test(arguments: [
        ("\"\\ud800\"", "\u{FFFD}"), ("\"\\udc00\"", "\u{FFFD}"), ("\"a\\ud800b\"", "a\u{FFFD}b"),
        ("\"\\ud800\\ud800\"", "\u{FFFD}\u{FFFD}"), ("\"\\udc00\\ud800\"", "\u{FFFD}\u{FFFD}"),
        ("\"\\udc00\\udc00\"", "\u{FFFD}\u{FFFD}"), ("\"\\ud800\\u0041\"", "\u{FFFD}A"),
        ("\"\\ud800\\n\"", "\u{FFFD}\n"),
        ("\"\\ud800\\ud83d\\ude00\"", "\u{FFFD}😀"), ("\"\\ud800u0041\"", "\u{FFFD}u0041"),
    ])
    func replacesLoneSurrogatesWhenDecodedAndCanPreserveThemInTheText(_ text: String, contents: String) throws {
        let document = try JSONDocument(parsing: Array(text.utf8), loneSurrogates: .preserved)
        #expect(document.stringValue(of: 0) == contents)
        #expect(Array(document.rawBytes(of: 0)) == Array(text.utf8))
    }

    @Test(
        arguments: [
            [0x7F], [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0xA0, 0x80], [0xED, 0x9F, 0xBF], [0xEE, 0x80, 0x80],
            [0xEF, 0xBF, 0xBF], [0xF0, 0x90, 0x80, 0x80], [0xF4, 0x8F, 0xBF, 0xBF],
        ] as [[UInt8]]
    )
    func acceptsTheBoundsOfUTF8(_ bytes: [UInt8]) throws {
        for padding in 0..<17 {
            let text = quoted(bytes, padding: padding)
            let document = try JSONDocument(parsing: text)
            #expect(document.stringValue(of: 0).map { Array($0.utf8) } == Array(text.dropFirst().dropLast()))
        }
    }

    @Test(
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xC2, 0xC2], [0xE0, 0x9F, 0xBF],
            [0xE0, 0xA0],
            [0xE0, 0xA0, 0x41], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xEF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF0, 0x90, 0x80], [0xF0, 0x90, 0x80, 0x41], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE],
            [0xFF],
        ] as [[UInt8]]
    )
    func rejectsInvalidUTF8(_ bytes: [UInt8]) {
        for padding in 0..<17 {
            let error = failure(of: quoted(bytes, padding: padding))
            #expect(error?.code == .invalidUTF8)
            #expect(error?.offset == padding + 1)
        }
        let key = [UInt8(ascii: "{")] + quoted(bytes, padding: 0) + Array(":1}".utf8)
        #expect(failure(of: key)?.code == .invalidUTF8)
    }

    @Test func agreesWithSwiftOnPairsOfBytesOutsideASCII() {
        for first in 0x80...0xFF as ClosedRange<UInt8> {
            for second in 0...0xFF as ClosedRange<UInt8> where second != 0x22 && second != 0x5C && second >= 0x20 {
                let isValid = String(validating: [first, second], as: UTF8.self) != nil
                #expect((failure(of: quoted([first, second], padding: 3)) == nil) == isValid)
            }
        }
    }

    @Test(arguments: 0..<32 as Range<UInt8>)
    func rejectsControlCharactersAtEveryPlaceOfAWord(_ byte: UInt8) {
        for padding in 0..<17 {
            let error = failure(of: quoted([byte], padding: padding))
            #expect(error?.code == .controlCharacter)
            #expect(error?.offset == padding + 1)
        }
    }

    @Test func findsTheClosingQuoteAtEveryPlaceOfAWord() throws {
        for length in 0..<40 {
            let text = quoted([], padding: length) + Array("  ".utf8)
            let document = try JSONDocument(parsing: text)
            #expect(Int(document.node(0).end) == length + 2)
            #expect(document.stringValue(of: 0)?.utf8.count == length)
        }
    }

    private func quoted(_ bytes: [UInt8], padding: Int) -> [UInt8] {
        [0x22] + [UInt8](repeating: UInt8(ascii: "x"), count: padding) + bytes + [0x22]
    }
}
