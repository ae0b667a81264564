// Lexing a string only finds its end and checks it; its value is made when a node needs it.

extension Lexer {
    /// Reads a string on one line.
    ///
    /// https://spec.graphql.org/September2025/#StringValue
    func string(from start: Int) throws(SyntaxError) -> Token {
        var position = start + 1
        var isEscaped = false
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case 0x22:  // "
                return Token(kind: .string, start: start, end: position + 1, isEscaped: isEscaped)
            case 0x5C:  // \
                isEscaped = true
                position += try escape(at: position).length
            case 0x0A, 0x0D:  // \n, \r
                throw SyntaxError("Unterminated string.", at: position)
            case 0x00...0x7F:
                position += 1
            default:
                position += try lengthOfScalar(at: position, inString: true)
            }
        }
        throw SyntaxError("Unterminated string.", at: position)
    }

    /// Reads a string between triple quotes.
    ///
    /// https://spec.graphql.org/September2025/#BlockStringCharacter
    func blockString(from start: Int) throws(SyntaxError) -> Token {
        var position = start + 3
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0x22, isTripleQuote(at: position) {
                return Token(kind: .blockString, start: start, end: position + 3)
            }
            if byte == 0x5C, isTripleQuote(at: position + 1) {
                position += 4
            } else {
                position += byte < 0x80 ? 1 : try lengthOfScalar(at: position, inString: true)
            }
        }
        throw SyntaxError("Unterminated string.", at: position)
    }

    private func isTripleQuote(at position: Int) -> Bool {
        bytes[position] == 0x22 && bytes[position + 1] == 0x22 && bytes[position + 2] == 0x22
    }

    /// The value of a string token.
    ///
    /// https://spec.graphql.org/September2025/#sec-String-Value.Static-Semantics
    func value(ofString token: Token) -> String {
        if token.kind == .blockString {
            return BlockString.value(of: bytes.bytes(from: token.start + 3, to: token.end - 3))
        }
        guard token.isEscaped else { return bytes.string(from: token.start + 1, to: token.end - 1) }
        var value = ""
        var position = token.start + 1
        var chunkStart = position
        while position < token.end - 1 {
            guard bytes[position] == 0x5C else {
                position += 1
                continue
            }
            value += bytes.string(from: chunkStart, to: position)
            // A token's escapes were checked by the lexer, so that this branch is never taken.
            guard let (scalar, length) = try? escape(at: position) else { break }
            value.unicodeScalars.append(scalar)
            position += length
            chunkStart = position
        }
        return value + bytes.string(from: chunkStart, to: token.end - 1)
    }
}

// Escape sequences. Lengths count bytes, the backslash included.
extension Lexer {
    typealias Escape = (scalar: Unicode.Scalar, length: Int)

    /// The character that an escape sequence means.
    ///
    /// https://spec.graphql.org/September2025/#EscapedCharacter
    private func escape(at position: Int) throws(SyntaxError) -> Escape {
        switch bytes[position + 1] {
        case UInt8(ascii: "\""): return ("\"", 2)
        case UInt8(ascii: "\\"): return ("\\", 2)
        case UInt8(ascii: "/"): return ("/", 2)
        case UInt8(ascii: "b"): return ("\u{8}", 2)
        case UInt8(ascii: "f"): return ("\u{C}", 2)
        case UInt8(ascii: "n"): return ("\n", 2)
        case UInt8(ascii: "r"): return ("\r", 2)
        case UInt8(ascii: "t"): return ("\t", 2)
        case UInt8(ascii: "u"):
            return try bytes[position + 2] == UInt8(ascii: "{")
                ? unicodeEscapeInBraces(at: position) : unicodeEscapeOfFourDigits(at: position)
        default:
            let sequence = try excerpt(from: position, codeUnits: 2)
            throw SyntaxError("Invalid character escape sequence: \"\(sequence)\".", at: position)
        }
    }

    /// `\u{1F600}`.
    ///
    /// https://spec.graphql.org/September2025/#EscapedUnicode
    private func unicodeEscapeInBraces(at position: Int) throws(SyntaxError) -> Escape {
        var value: UInt32 = 0
        var length = 3
        // At most eight digits: every scalar fits, leading zeros included.
        while length < 12 {
            let byte = bytes[position + length]
            length += 1
            if byte == UInt8(ascii: "}") {
                guard length >= 5, let scalar = Unicode.Scalar(value) else { break }
                return (scalar, length)
            }
            guard let digit = hexadecimalDigit(byte), value < 0x0800_0000 else { break }
            value = value << 4 | digit
        }
        throw try invalidUnicodeEscape(at: position, codeUnits: length)
    }

    /// `\uD83D\uDE00` and the like.
    ///
    /// https://spec.graphql.org/September2025/#EscapedUnicode
    private func unicodeEscapeOfFourDigits(at position: Int) throws(SyntaxError) -> Escape {
        guard let first = fourHexadecimalDigits(at: position + 2) else {
            throw try invalidUnicodeEscape(at: position, codeUnits: 6)
        }
        if let scalar = Unicode.Scalar(first) { return (scalar, 6) }
        // A surrogate: only a leading one with a trailing one after it forms a character.
        guard first < 0xDC00, bytes[position + 6] == UInt8(ascii: "\\"), bytes[position + 7] == UInt8(ascii: "u"),
            let second = fourHexadecimalDigits(at: position + 8), 0xDC00..<0xE000 ~= second,
            let scalar = Unicode.Scalar(0x1_0000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else {
            throw try invalidUnicodeEscape(at: position, codeUnits: 6)
        }
        return (scalar, 12)
    }

    private func fourHexadecimalDigits(at position: Int) -> UInt32? {
        var value: UInt32 = 0
        for offset in 0..<4 {
            guard let digit = hexadecimalDigit(bytes[position + offset]) else { return nil }
            value = value << 4 | digit
        }
        return value
    }

    private func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte - 0x30)
        case 0x41...0x46: UInt32(byte - 0x37)
        case 0x61...0x66: UInt32(byte - 0x57)
        default: nil
        }
    }

    private func invalidUnicodeEscape(at position: Int, codeUnits: Int) throws(SyntaxError) -> SyntaxError {
        let sequence = try excerpt(from: position, codeUnits: codeUnits)
        return SyntaxError("Invalid Unicode escape sequence: \"\(sequence)\".", at: position)
    }

    /// The text from an offset, of so many UTF-16 code units; an unpaired surrogate becomes U+FFFD.
    private func excerpt(from start: Int, codeUnits: Int) throws(SyntaxError) -> String {
        var text = ""
        var remaining = codeUnits
        var position = start
        while remaining > 0, position < bytes.count {
            if isSurrogate(at: position) {
                text += "\u{FFFD}"
                remaining -= 1
                position += 3
                continue
            }
            let length = try lengthOfScalar(at: position)
            let width = length == 4 ? 2 : 1
            text += width > remaining ? "\u{FFFD}" : bytes.string(from: position, to: position + length)
            remaining -= width
            position += length
        }
        return text
    }
}
