/// The layout of strings between triple quotes.
package enum BlockString {
    /// The string that a block string's raw text means.
    ///
    /// https://spec.graphql.org/September2025/#BlockStringValue()
    package static func value(of raw: [UInt8]) -> String {
        let lines = lines(of: raw)
        var commonIndent = Int.max
        var firstFilled: Int?
        var lastFilled = -1
        for (number, line) in lines.enumerated() {
            let indent = line.prefix { isWhiteSpace(raw[$0]) }.count
            guard indent < line.count else { continue }
            if firstFilled == nil { firstFilled = number }
            lastFilled = number
            if number > 0 { commonIndent = min(commonIndent, indent) }
        }
        guard let firstFilled else { return "" }
        var value: [UInt8] = []
        value.reserveCapacity(raw.count)
        for number in firstFilled...lastFilled {
            if number > firstFilled { value.append(0x0A) }
            appendUnescaped(lines[number].dropFirst(number == 0 ? 0 : commonIndent), of: raw, to: &value)
        }
        return String(decoding: value, as: UTF8.self)
    }

    /// The lines of a text, without their terminators.
    ///
    /// https://spec.graphql.org/September2025/#LineTerminator
    static func lines(of raw: [UInt8]) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        var index = 0
        while index < raw.count {
            let byte = raw[index]
            index += 1
            guard byte == 0x0A || byte == 0x0D else { continue }
            lines.append(start..<index - 1)
            if byte == 0x0D, index < raw.count, raw[index] == 0x0A { index += 1 }
            start = index
        }
        lines.append(start..<raw.count)
        return lines
    }

    /// Copies a line with `\"""` as `"""`.
    private static func appendUnescaped(_ line: Range<Int>, of raw: [UInt8], to value: inout [UInt8]) {
        for index in line {
            // A line has no terminator, so that an escaped triple quote is in it completely or not at all.
            let isEscape =
                raw[index] == 0x5C && index + 3 < line.upperBound && raw[index + 1...index + 3] == [0x22, 0x22, 0x22]
            if !isEscape { value.append(raw[index]) }
        }
    }

    /// Whether a byte is a space or a tab.
    ///
    /// https://spec.graphql.org/September2025/#WhiteSpace
    static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
