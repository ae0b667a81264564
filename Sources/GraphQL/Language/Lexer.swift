/// Finds the tokens of a source one at a time.
///
/// https://spec.graphql.org/September2025/#sec-Language.Source-Text
///
/// Has no state of its own: a token's end is where the next one is looked for, so looking ahead is asking twice.
struct Lexer {
    let bytes: SourceBytes

    /// The first token at or after an offset; at the end, always the end-of-file token.
    ///
    /// https://spec.graphql.org/September2025/#Token and https://spec.graphql.org/September2025/#Ignored
    func token(from start: Int) throws(SyntaxError) -> Token {
        var position = start
        while true {
            let byte = bytes[position]
            switch byte {
            case 0x20, 0x0A, 0x2C, 0x09, 0x0D:  // space, \n, comma, \t, \r
                position += 1
            case 0x61...0x7A, 0x41...0x5A, 0x5F:  // a-z, A-Z, _
                return name(from: position)
            // { } ( ) : $ ! @ [ ] = | &
            case 0x7B, 0x7D, 0x28, 0x29, 0x3A, 0x24, 0x21, 0x40, 0x5B, 0x5D, 0x3D, 0x7C, 0x26:
                return Token(kind: TokenKind(rawValue: byte) ?? .endOfFile, start: position, end: position + 1)
            case 0x2E where bytes[position + 1] == 0x2E && bytes[position + 2] == 0x2E:  // ...
                return Token(kind: .spread, start: position, end: position + 3)
            case 0x30...0x39, 0x2D:  // 0-9, -
                return try number(from: position)
            case 0x22:  // "
                let isBlock = bytes[position + 1] == 0x22 && bytes[position + 2] == 0x22
                return try isBlock ? blockString(from: position) : string(from: position)
            case 0x23:  // #
                position = try endOfComment(from: position + 1)
            case 0xEF where bytes[position + 1] == 0xBB && bytes[position + 2] == 0xBF:  // U+FEFF
                position += 3
            case 0x00 where position >= bytes.count:
                return Token(kind: .endOfFile, start: bytes.count, end: bytes.count)
            default:
                throw unexpectedCharacter(at: position)
            }
        }
    }

    /// Parses a name.
    ///
    /// https://spec.graphql.org/September2025/#Name
    private func name(from start: Int) -> Token {
        var position = start + 1
        while bytes[position].isNameContinue { position += 1 }
        return Token(kind: .name, start: start, end: position)
    }

    /// The end of the line that a comment is on.
    ///
    /// https://spec.graphql.org/September2025/#Comment
    private func endOfComment(from start: Int) throws(SyntaxError) -> Int {
        var position = start
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0x0A || byte == 0x0D { break }
            position += byte < 0x80 ? 1 : try lengthOfScalar(at: position)
        }
        return position
    }

    private func unexpectedCharacter(at position: Int) -> SyntaxError {
        if bytes[position] == UInt8(ascii: "'") {
            return SyntaxError(
                "Unexpected single quote character ('), did you mean to use a double quote (\")?",
                at: position
            )
        }
        return error("Unexpected character", characterAt: position)
    }
}

// Helpers for all kinds of tokens.
extension Lexer {
    /// The number of bytes of the character at an offset.
    func lengthOfScalar(at position: Int, inString: Bool = false) throws(SyntaxError) -> Int {
        guard let (_, length) = bytes.scalar(at: position) else { throw invalidUTF8(at: position, inString: inString) }
        return length
    }

    /// An error that quotes the character at an offset.
    func error(_ description: String, characterAt position: Int) -> SyntaxError {
        guard position < bytes.count else { return SyntaxError("\(description): <EOF>.", at: position) }
        guard let (scalar, _) = bytes.scalar(at: position) else { return invalidUTF8(at: position) }
        return SyntaxError("\(description): \(shown(scalar)).", at: position)
    }

    /// Printable ASCII in quotes, everything else as its code point.
    private func shown(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x22: return "'\"'"
        case 0x20...0x7E: return "\"\(scalar)\""
        default: return shown(codePoint: scalar.value)
        }
    }

    private func shown(codePoint: UInt32) -> String {
        let digits = String(codePoint, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Whether half a surrogate pair is at an offset: JSON can have one in a string, though UTF-8 has no spelling for it.
    func isSurrogate(at position: Int) -> Bool {
        bytes[position] == 0xED && 0xA0...0xBF ~= bytes[position + 1] && 0x80...0xBF ~= bytes[position + 2]
    }

    private func invalidUTF8(at position: Int, inString: Bool = false) -> SyntaxError {
        if isSurrogate(at: position) {
            let value = 0xD000 | UInt32(bytes[position + 1] & 0x3F) << 6 | UInt32(bytes[position + 2] & 0x3F)
            let context = inString ? " within String" : ""
            return SyntaxError("Invalid character\(context): \(shown(codePoint: value)).", at: position)
        }
        let byte = String(bytes[position], radix: 16, uppercase: true)
        return SyntaxError("Invalid UTF-8: unexpected byte 0x\(byte).", at: position)
    }
}

extension UInt8 {
    /// Whether the byte can begin a name.
    ///
    /// https://spec.graphql.org/September2025/#NameStart
    var isNameStart: Bool { (self | 0x20) &- 0x61 < 26 || self == 0x5F }

    /// Whether the byte can continue a name.
    ///
    /// https://spec.graphql.org/September2025/#NameContinue
    var isNameContinue: Bool { isNameStart || isDigit }

    /// Whether the byte is a decimal digit.
    ///
    /// https://spec.graphql.org/September2025/#Digit
    var isDigit: Bool { self &- 0x30 < 10 }
}
