/// Splits header fields that are lists, and elements with parameters.
///
/// https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1
enum HeaderList {
    /// Splits a field's value at a separator outside of quotes; empty elements are dropped.
    ///
    /// Bytes are compared: a separator is one whatever follows it, also a mark that would combine with it.
    static func split(_ value: Substring, on separator: Unicode.Scalar) -> [Substring] {
        let separator = UInt8(ascii: separator)
        var elements: [Substring] = []
        var start = value.startIndex
        var isQuoted = false
        var isEscaped = false
        for index in value.utf8.indices {
            let byte = value.utf8[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isQuoted = false
                }
            } else if byte == UInt8(ascii: "\"") {
                isQuoted = true
            } else if byte == separator {
                elements.append(trim(value[start..<index]))
                start = value.utf8.index(after: index)
            }
        }
        elements.append(trim(value[start...]))
        return elements.filter { !$0.isEmpty }
    }

    /// Whether a text begins or ends with a space or a tab.
    static func isSurrounded(_ text: String) -> Bool { isWhitespace(text.utf8.first) || isWhitespace(text.utf8.last) }

    private static func isWhitespace(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// A text without spaces and tabs at its ends.
    static func trim(_ text: Substring) -> Substring {
        let bytes = text.utf8
        guard let start = bytes.firstIndex(where: { !isWhitespace($0) }),
            let last = bytes.lastIndex(where: { !isWhitespace($0) })
        else { return text.suffix(0) }
        return text[start..<bytes.index(after: last)]
    }
}
