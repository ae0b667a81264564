extension Lexer {
    /// Reads an integer or a number with a fraction or exponent.
    ///
    /// https://spec.graphql.org/September2025/#IntValue and https://spec.graphql.org/September2025/#FloatValue
    func number(from start: Int) throws(SyntaxError) -> Token {
        var position = start
        var kind = TokenKind.int
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        if bytes[position] == UInt8(ascii: "0") {
            position += 1
            if bytes[position].isDigit {
                throw error("Invalid number, unexpected digit after 0", characterAt: position)
            }
        } else {
            position = try endOfDigits(from: position)
        }
        if bytes[position] == UInt8(ascii: ".") {
            kind = .float
            position = try endOfDigits(from: position + 1)
        }
        if bytes[position] | 0x20 == UInt8(ascii: "e") {
            kind = .float
            position += 1
            if bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") { position += 1 }
            position = try endOfDigits(from: position)
        }
        // `1.2.3` and `1x` are one broken number rather than two tokens.
        if bytes[position] == UInt8(ascii: ".") || bytes[position].isNameStart {
            throw error("Invalid number, expected digit but got", characterAt: position)
        }
        return Token(kind: kind, start: start, end: position)
    }

    /// Skips one or more digits.
    private func endOfDigits(from start: Int) throws(SyntaxError) -> Int {
        guard bytes[start].isDigit else {
            throw error("Invalid number, expected digit but got", characterAt: start)
        }
        var position = start + 1
        while bytes[position].isDigit { position += 1 }
        return position
    }
}
