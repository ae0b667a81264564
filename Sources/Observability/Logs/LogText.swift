/// Makes texts of clients and upstreams harmless in log lines.
enum LogText {
    /// Appends a text in quotation marks; what could end a line or move a terminal's cursor is escaped as JSON escapes it.
    static func append(quoted text: some StringProtocol, to line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        append(escaped: text, to: &line)
        line.append(UInt8(ascii: "\""))
    }

    /// Appends a text in which what could end a line or move a terminal's cursor is escaped as JSON escapes it.
    static func append(escaped text: some StringProtocol, to line: inout [UInt8]) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": line += Array("\\\"".utf8)
            case "\\": line += Array("\\\\".utf8)
            case "\n": line += Array("\\n".utf8)
            case "\r": line += Array("\\r".utf8)
            case "\t": line += Array("\\t".utf8)
            // PERF: nearly all of it is this.
            case "\u{20}"..."\u{7E}": line.append(UInt8(truncatingIfNeeded: scalar.value))
            case _ where isVisible(scalar): line += Array(String(scalar).utf8)
            default: for unit in String(scalar).utf16 { append(unit, to: &line) }
            }
        }
    }

    /// Whether a text can stand without quotation marks among others.
    static func isPlain(_ text: some StringProtocol) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                (0x21...0x7E).contains($0) && ![UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "=")].contains($0)
            }
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
        default: true
        }
    }

    private static func append(_ unit: UInt16, to line: inout [UInt8]) {
        line += Array("\\u".utf8)
        let digits = String(unit, radix: 16)
        line += Array((String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8)
    }
}
