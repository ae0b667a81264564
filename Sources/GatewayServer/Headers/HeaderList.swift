/// Splits header fields that are lists, and elements with parameters.
///
/// https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1
enum HeaderList {
    /// Splits a field's value at a separator outside of quotes; empty elements are dropped.
    static func split(_ value: Substring, on separator: Character) -> [Substring] {
        var elements: [Substring] = []
        var start = value.startIndex
        var isQuoted = false
        var isEscaped = false
        for index in value.indices {
            let character = value[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                if character == "\\" { isEscaped = true } else if character == "\"" { isQuoted = false }
            } else if character == "\"" {
                isQuoted = true
            } else if character == separator {
                elements.append(trim(value[start..<index]))
                start = value.index(after: index)
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
        var rest = text
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return rest
    }
}
