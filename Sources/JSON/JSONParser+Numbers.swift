extension JSONParser {
    /// Reads a number: `[ minus ] int [ frac ] [ exp ]`.
    @inline(__always)
    mutating func parseNumber(_ text: Span<UInt8>) throws(JSONError) {
        let start = position
        if text[position] == UInt8(ascii: "-") { position += 1 }
        let firstDigit = position
        try skipDigits(text)
        if text[firstDigit] == UInt8(ascii: "0"), position > firstDigit + 1 {
            throw JSONError(.invalidNumber, "A number must not begin with a superfluous zero", at: firstDigit)
        }
        var kind = JSONNode.Kind.integer
        if position < text.count, text[position] == UInt8(ascii: ".") {
            kind = .number
            position += 1
            try skipDigits(text)
        }
        if position < text.count, text[position] | 0x20 == UInt8(ascii: "e") {
            kind = .number
            position += 1
            if position < text.count, text[position] == UInt8(ascii: "+") || text[position] == UInt8(ascii: "-") {
                position += 1
            }
            try skipDigits(text)
        }
        tape.append(kind, text: start..<position)
    }

    /// Steps over one or more digits.
    @inline(__always)
    private mutating func skipDigits(_ text: Span<UInt8>) throws(JSONError) {
        let start = position
        while position < text.count, text[position] &- UInt8(ascii: "0") < 10 { position += 1 }
        guard position == start else { return }
        guard position < text.count else { throw endError(text) }
        throw JSONError(.invalidNumber, "Expected a digit, found \(describe(text[position]))", at: position)
    }
}
