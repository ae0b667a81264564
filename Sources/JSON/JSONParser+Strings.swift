extension JSONParser {
    /// A string that has just been read; it ends at the parser's position.
    struct ScannedString {
        /// The offset of the opening quote.
        let start: Int
        /// Whether the text holds a backslash.
        let escaped: Bool
    }

    /// Reads a string from its opening to its closing quote.
    @inline(__always)
    mutating func scanString(_ text: Span<UInt8>) throws(JSONError) -> ScannedString {
        let start = position
        var escaped = false
        var offset = start + 1
        while true {
            if offset + 8 <= text.count {
                let word = text.word(at: offset)
                let stops = ByteWord.specials(in: word) | ByteWord.nonASCII(in: word)
                if stops == 0 {
                    offset += 8
                    continue
                }
                offset += stops.trailingZeroBitCount >> 3
            } else if offset >= text.count {
                throw endError(text)
            }
            let byte = text[offset]
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") {
                escaped = true
                offset = try endOfEscape(text, at: offset)
            } else if byte >= 0x80 {
                offset = try endOfNonASCII(text, at: offset)
            } else if byte < 0x20 {
                throw JSONError(.controlCharacter, "Unescaped control character \(describe(byte))", at: offset)
            } else {
                offset += 1
            }
        }
        position = offset + 1
        return ScannedString(start: start, escaped: escaped)
    }

    /// Finds the offset after an escape sequence.
    @inline(never)
    private func endOfEscape(_ text: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
        guard start + 1 < text.count else { throw endError(text) }
        switch text[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return start + 2
        case UInt8(ascii: "u"):
            for offset in start + 2..<start + 6 {
                guard offset < text.count else { throw endError(text) }
                guard StringDecoder.hexDigitValue(text[offset]) != nil else {
                    throw JSONError(
                        .invalidEscape,
                        "Expected four hexadecimal digits, found \(describe(text[offset]))",
                        at: offset
                    )
                }
            }
            return start + 6
        default:
            throw JSONError(.invalidEscape, "Unknown escape of \(describe(text[start + 1]))", at: start)
        }
    }

    /// Checks a run of bytes outside ASCII to be UTF-8 and finds its end.
    @inline(never)
    private func endOfNonASCII(_ text: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
        var offset = start
        while offset < text.count, text[offset] >= 0x80 {
            let length = StringDecoder.scalarLength(text, at: offset)
            guard length > 0 else {
                throw JSONError(.invalidUTF8, "Invalid UTF-8, \(describe(text[offset]))", at: offset)
            }
            offset += length
        }
        return offset
    }
}
