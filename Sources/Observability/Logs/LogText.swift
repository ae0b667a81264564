/// Escapes texts of clients and upstreams in log lines.
enum LogText {
    /// Appends a text in quotation marks; characters that could end a line or move a terminal's cursor are escaped as in JSON.
    static func append(quoted text: String, to line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        append(escaped: text, to: &line)
        line.append(UInt8(ascii: "\""))
    }

    /// Appends a text; characters that could end a line or move a terminal's cursor are escaped as in JSON.
    static func append(escaped text: String, to line: inout [UInt8]) {
        // PERF: nearly all texts need no escape.
        if isLiteral(text) { return line.append(contentsOf: text.utf8) }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": line.append(contentsOf: "\\\"".utf8)
            case "\\": line.append(contentsOf: "\\\\".utf8)
            case "\n": line.append(contentsOf: "\\n".utf8)
            case "\r": line.append(contentsOf: "\\r".utf8)
            case "\t": line.append(contentsOf: "\\t".utf8)
            case "\u{20}"..."\u{7E}": line.append(UInt8(truncatingIfNeeded: scalar.value))
            case _ where isVisible(scalar): line.append(contentsOf: String(scalar).utf8)
            default: for unit in String(scalar).utf16 { append(unit, to: &line) }
            }
        }
    }

    /// Whether a text needs no quotation marks.
    static func isPlain(_ text: String) -> Bool {
        let bytes = text.utf8.span
        for position in bytes.indices {
            let byte = bytes[position]
            guard isLiteral(byte), byte != UInt8(ascii: " "), byte != UInt8(ascii: "=") else { return false }
        }
        return !bytes.isEmpty
    }

    /// Whether a text needs no escape.
    private static func isLiteral(_ text: String) -> Bool {
        let bytes = text.utf8.span
        for position in bytes.indices where !isLiteral(bytes[position]) { return false }
        return true
    }

    /// Whether a byte needs no escape.
    private static func isLiteral(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte <= 0x7E && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
        default: true
        }
    }

    private static func append(_ unit: UInt16, to line: inout [UInt8]) {
        line.append(contentsOf: "\\u".utf8)
        let digits = String(unit, radix: 16)
        line.append(contentsOf: (String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8)
    }
}
