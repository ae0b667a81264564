private import CByteScan

extension JSONParser {
    /// Reads a string from its opening to its closing quote.
    ///
    /// - Returns: the offset after it, and whether it has a backslash.
    @inline(__always)
    mutating func scanString(_ text: Span<UInt8>, at start: Int) throws(JSONError) -> (end: Int, escaped: Bool) {
        var escaped = false
        var offset = start &+ 1
        while true {
            if offset &+ 16 <= text.count {
                let plain = Int(byte_scan_plain_prefix(text.vector(at: offset)))
                offset &+= plain
                if plain == 16 { continue }
            } else if offset >= text.count {
                throw endError(text)
            }
            let byte = text[offset]
            if byte == UInt8(ascii: "\"") { return (offset &+ 1, escaped) }
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
    }

    /// Finds the offset after an escape sequence, or after two that are a surrogate pair.
    @inline(never)
    private mutating func endOfEscape(_ text: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
        guard start + 1 < text.count else { throw endError(text) }
        switch text[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return start + 2
        case UInt8(ascii: "u"):
            let end = try endOfUnicodeEscape(text, at: start)
            switch codeUnit(text, at: start) {
            case 0xD800..<0xDC00:
                guard isTrailingSurrogate(text, at: end) else { break }
                return end + 6
            case 0xDC00...0xDFFF: break
            default: return end
            }
            loneSurrogates.append(start)
            return end
        default:
            throw JSONError(.invalidEscape, "Unknown escape of \(describe(text[start + 1]))", at: start)
        }
    }

    /// Finds the offset after `\u` and four hexadecimal digits.
    private func endOfUnicodeEscape(_ text: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
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
    }

    /// The number that the digits of an escape state.
    private func codeUnit(_ text: Span<UInt8>, at start: Int) -> UInt32 {
        (start + 2..<start + 6).reduce(0) { $0 << 4 | (StringDecoder.hexDigitValue(text[$1]) ?? 0) }
    }

    /// Whether the escape of a trailing surrogate begins at an offset.
    private func isTrailingSurrogate(_ text: Span<UInt8>, at start: Int) -> Bool {
        guard start + 6 <= text.count, text[start] == UInt8(ascii: "\\"), text[start + 1] == UInt8(ascii: "u") else {
            return false
        }
        var value: UInt32 = 0
        for offset in start + 2..<start + 6 {
            guard let digit = StringDecoder.hexDigitValue(text[offset]) else { return false }
            value = value << 4 | digit
        }
        return 0xDC00...0xDFFF ~= value
    }

    /// Checks that a run of bytes outside ASCII is UTF-8, and returns the offset of its end.
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
