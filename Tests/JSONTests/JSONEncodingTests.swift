import JSON
import Testing

/// Bytes that some senders add to JSON or that are no Unicode text.
@Suite struct JSONEncodingTests {
    @Test(arguments: [("\u{FEFF}1", "1"), ("\u{FEFF} {\"a\":[1.50]} ", #"{"a":[1.50]}"#), ("\u{FEFF}\"é\"", "\"é\"")])
    func aByteOrderMarkIsSkipped(text: String, value: String) throws {
        let document = try JSONDocument(parsing: Array(text.utf8))
        #expect(String(decoding: document.rawBytes(of: 0), as: UTF8.self) == value)
        #expect(try JSONValue(parsing: text) == JSONValue(parsing: value))
    }

    @Test(arguments: ["\u{FEFF}", "\u{FEFF}\u{FEFF}1", "1\u{FEFF}", " \u{FEFF}1"])
    func byteOrderMarkElsewhereIsRefused(text: String) {
        #expect(throws: JSONError.self) { try JSONDocument(parsing: Array(text.utf8)) }
    }

    static let surrogates: [(text: String, replaced: String)] = [
        (#""\ud800""#, #""\ufffd""#), (#""a\uDFFFb""#, #""a\ufffdb""#), (#""\ud83d\ude00""#, #""\ud83d\ude00""#),
        (#""\ud83d\ud83d\ude00""#, #""\ufffd\ud83d\ude00""#), (#""\ude00\ud83d""#, #""\ufffd\ufffd""#),
        (#""\ud83d\u0041""#, #""\ufffd\u0041""#), (#""\ud83d\n""#, #""\ufffd\n""#), (#""\ud83d""#, #""\ufffd""#),
        (#"{"\ud800":["\udc00",{"x":"\\ud800"}]}"#, #"{"\ufffd":["\ufffd",{"x":"\\ud800"}]}"#),
    ]

    @Test(arguments: surrogates)
    func halfASurrogatePairIsReplacedInTheBytes(text: String, replaced: String) throws {
        let bytes = Array(text.utf8)
        let document = try JSONDocument(parsing: bytes)
        #expect(String(decoding: document.rawBytes(of: 0), as: UTF8.self) == replaced)
        #expect(document.value(at: 0) == (try JSONValue(parsing: replaced)))
        let exact = try JSONDocument(parsing: bytes, loneSurrogates: .preserved)
        #expect(String(decoding: exact.rawBytes(of: 0), as: UTF8.self) == text)
    }

    @Test(arguments: [#""\ud83d\u12""#, #""\ud83d\uzzzz""#, #""\ud83d\"#, #""\ud83d\u"#, #""\ud8"#])
    func anEscapeAfterHalfAPairIsCheckedAllTheSame(text: String) {
        #expect(throws: JSONError.self) { try JSONDocument(parsing: Array(text.utf8)) }
    }

    // MARK: - Numbers

    @Test(
        arguments: [
            ("7", "7"), ("7.0", "7"), ("70e-1", "7"), ("-0.0", "0"), ("9007199254740993.0", "9007199254740993"),
            ("1604029199751626752.000", "1604029199751626752"),
            ("12345678901234567890123e3", "12345678901234567890123000"),
            ("7.5", nil), ("1e-3", nil), ("1e401", nil), ("1e99999999999999999999", nil),
        ] as [(String, String?)]
    )
    func wholeDigitsAreExact(text: String, digits: String?) throws {
        #expect(try #require(JSONNumber(text: text)).wholeDigits == digits)
    }

    @Test func numbersAreOrderedByAllTheirDigits() throws {
        let ascending = [
            "-1e400", "-9007199254740993", "-9007199254740992", "-1.5", "-1e-400", "0", "1e-400", "0.1",
            "0.10000000000000000001", "1", "9007199254740992", "9007199254740993", "9007199254740993.5", "1e400",
        ]
        let numbers = try ascending.map { try #require(JSONNumber(text: $0)) }
        for (index, number) in numbers.enumerated() {
            for (other, otherNumber) in numbers.enumerated() {
                #expect(number.isLess(than: otherNumber) == (index < other), "\(number.text) \(otherNumber.text)")
            }
        }
        #expect(!(try #require(JSONNumber(text: "1.0"))).isLess(than: try #require(JSONNumber(text: "1"))))
        #expect(!(try #require(JSONNumber(text: "-0"))).isLess(than: try #require(JSONNumber(text: "0"))))
    }
}
