import JSON
import Testing

@Suite struct OutputBufferTests {
    @Test func appendsEveryKindOfBytes() {
        var output = OutputBuffer(minimumCapacity: 0)
        output.append(UInt8(ascii: "a"))
        output.append("bc")
        let more: [UInt8] = [0x64, 0x65]
        output.append(contentsOf: more.span)
        output.append(contentsOf: [0x66] as [UInt8])
        output.append(contentsOf: ([0x00, 0x67, 0x00] as [UInt8])[1..<2])
        output.append(contentsOf: [0x00, 0x68, 0x69], in: 1..<3)
        output.append(contentsOf: [] as [UInt8])
        output.append("")
        output.append(utf8Of: "é")
        output.append("!")
        #expect(String(decoding: output.array(), as: UTF8.self) == "abcdefghié!")
        let (count, isEmpty) = (output.count, output.isEmpty)
        #expect(count == 12)
        #expect(!isEmpty)
    }

    @Test func growsFromAnySize() {
        for capacity in 0..<40 {
            var output = OutputBuffer(minimumCapacity: capacity)
            var expected: [UInt8] = []
            for length in 0..<60 {
                let part = [UInt8](repeating: UInt8(length), count: length)
                output.append(contentsOf: part)
                output.append(0xFF)
                expected += part + [0xFF]
            }
            #expect(output.array() == expected)
        }
    }

    @Test func copiesAndReplacesItsOwnBytes() {
        var output = OutputBuffer(minimumCapacity: 16)
        output.append("0123456789")
        // The copy needs a larger block than there is.
        output.append(copyOf: 2..<10)
        output.append(copyOf: 0..<0)
        output.replaceByte(at: 0, with: UInt8(ascii: "x"))
        output.replaceByte(at: 17, with: UInt8(ascii: "y"))
        #expect(String(decoding: output.array(), as: UTF8.self) == "x1234567892345678y")
    }

    @Test func forgetsWhatIsTruncatedOrRemoved() {
        var output = OutputBuffer()
        output.append("abcdef")
        output.truncate(to: 3)
        output.append("xyz")
        #expect(output.array() == Array("abcxyz".utf8))
        output.truncate(to: 6)
        for isCacheable in [true, false] {
            output.append(contentsOf: [UInt8](repeating: 0, count: 5000))
            output.removeAll(keepingCapacity: isCacheable)
            let isEmpty = output.isEmpty
            #expect(isEmpty)
            #expect(output.array().isEmpty)
            output.append("new")
            #expect(output.array() == Array("new".utf8))
        }
    }

    @Test(arguments: [
        ("", #""""#), ("plain", #""plain""#), ("a\"b", #""a\"b""#), ("\\", #""\\""#), ("/", #""/""#),
        ("\u{08}\t\n\u{0C}\r", #""\b\t\n\f\r""#), ("\0\u{01}\u{1F}\u{0B}", #""\u0000\u0001\u001f\u000b""#),
        ("\u{7F}é€😀\u{2028}", "\"\u{7F}é€😀\u{2028}\""),
    ])
    func escapesStringsAsJSONStringifyDoes(_ string: String, text: String) {
        var output = OutputBuffer()
        output.appendJSONString(string)
        #expect(String(decoding: output.array(), as: UTF8.self) == text)
    }

    @Test func escapesAtEveryPlaceOfAWord() throws {
        for padding in 0..<20 {
            for character in ["\"", "\\", "\n", "\0", "é"] {
                let string =
                    String(repeating: "x", count: padding) + character + String(repeating: "y", count: 20 - padding)
                var output = OutputBuffer(minimumCapacity: 0)
                output.appendJSONString(string)
                #expect(try JSONValue(parsing: output.array()) == .string(string))
            }
        }
    }

    @Test func lendsItsBytes() {
        var output = OutputBuffer()
        output.append("abc")
        // SAFETY: the pointer does not escape.
        let sum = unsafe output.withUnsafeBytes { unsafe $0.reduce(0) { $0 + Int($1) } }
        #expect(sum == 97 + 98 + 99)
    }
}
