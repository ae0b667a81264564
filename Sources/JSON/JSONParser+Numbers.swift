extension JSONParser {
    /// Reads a number: `[ minus ] int [ frac ] [ exp ]`.
    ///
    /// - Returns: the offset after it, and whether it has a fraction or an exponent.
    @inline(__always)
    func scanNumber(_ text: Span<UInt8>, at start: Int) throws(JSONError) -> (end: Int, kind: JSONNode.Kind) {
        let firstDigit = text[start] == UInt8(ascii: "-") ? start + 1 : start
        var position = try skipDigits(text, at: firstDigit)
        if text[firstDigit] == UInt8(ascii: "0"), position > firstDigit + 1 {
            throw JSONError(.invalidNumber, "A number must not begin with a superfluous zero", at: firstDigit)
        }
        var kind = JSONNode.Kind.integer
        if position < text.count, text[position] == UInt8(ascii: ".") {
            kind = .number
            position = try skipDigits(text, at: position + 1)
        }
        if position < text.count, text[position] | 0x20 == UInt8(ascii: "e") {
            kind = .number
            position += 1
            if position < text.count, text[position] == UInt8(ascii: "+") || text[position] == UInt8(ascii: "-") {
                position += 1
            }
            position = try skipDigits(text, at: position)
        }
        return (position, kind)
    }

    /// The offset after one or more digits.
    @inline(__always)
    private func skipDigits(_ text: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
        var position = start
        while position < text.count, text[position] &- UInt8(ascii: "0") < 10 { position += 1 }
        guard position == start else { return position }
        guard position < text.count else { throw endError(text) }
        throw JSONError(.invalidNumber, "Expected a digit, found \(describe(text[position]))", at: position)
    }
}
