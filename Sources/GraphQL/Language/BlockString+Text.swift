// Writing block strings, laid out as graphql-js does.

extension BlockString {
    /// A string between triple quotes, on lines of its own where that reads better or preserves the value.
    package static func text(of value: String) -> String {
        let bytes = Array(value.utf8)
        let lines = lines(of: bytes)
        let isSingleLine = lines.count == 1
        // With common indentation, only a line break before the first line preserves its own.
        let needsLeadingBreak =
            !isSingleLine && lines.dropFirst().allSatisfy { $0.isEmpty || isWhiteSpace(bytes[$0.lowerBound]) }
        let endsInTripleQuote = value.hasSuffix("\"\"\"")
        let needsTrailingBreak = (value.hasSuffix("\"") && !endsInTripleQuote) || value.hasSuffix("\\")
        let isOnOwnLines =
            !isSingleLine || value.utf16.count > 70 || needsTrailingBreak || needsLeadingBreak || endsInTripleQuote
        // On a single line, leading white space would be lost behind a line break.
        let startsWithWhiteSpace = isSingleLine && bytes.first.map(isWhiteSpace) ?? false

        var text = "\"\"\""
        if isOnOwnLines && !startsWithWhiteSpace || needsLeadingBreak { text += "\n" }
        appendEscaped(bytes, to: &text)
        if isOnOwnLines { text += "\n" }
        return text + "\"\"\""
    }

    /// Whether a block string can represent the value, so that parsing it yields the same value.
    package static func canHold(_ value: String) -> Bool {
        var isEmptyLine = true
        var hasIndent = false
        var hasCommonIndent = true
        var isFirstLine = true
        for byte in value.utf8 {
            switch byte {
            case 0x00...0x08, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F:
                return false
            case 0x0A:  // a first empty line would be dropped
                if isEmptyLine && isFirstLine { return false }
                isFirstLine = false
                isEmptyLine = true
                hasIndent = false
            case 0x09, 0x20:
                hasIndent = hasIndent || isEmptyLine
            default:
                hasCommonIndent = hasCommonIndent && hasIndent
                isEmptyLine = false
            }
        }
        // A last empty line would be dropped, and so would indentation that all lines share.
        return value.isEmpty || !isEmptyLine && (isFirstLine || !hasCommonIndent)
    }

    /// Appends the bytes with `"""` as `\"""`.
    private static func appendEscaped(_ bytes: [UInt8], to text: inout String) {
        var index = 0
        var chunkStart = 0
        while index + 2 < bytes.count {
            if bytes[index] == 0x22, bytes[index + 1] == 0x22, bytes[index + 2] == 0x22 {
                text += String(decoding: bytes[chunkStart..<index], as: UTF8.self) + "\\\"\"\""
                index += 3
                chunkStart = index
            } else {
                index += 1
            }
        }
        text += String(decoding: bytes[chunkStart...], as: UTF8.self)
    }
}
