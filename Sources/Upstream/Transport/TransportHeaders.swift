/// The header fields of a response, stored as the bytes that came and parsed only on demand.
package struct TransportHeaders: Sendable {
    /// Lines that end with a line feed.
    ///
    /// Lines that are no field, such as the status line, are allowed and skipped.
    private let bytes: [UInt8]
    /// A bit for each name that occurs.
    // PERF: most fields that are looked for are not there: these are ruled out without reading all lines again for each.
    private let names: UInt64

    /// Keeps the lines of a response's head.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
        names = Self.names(in: bytes.span)
    }

    /// Makes fields from names and values.
    package init(_ fields: [(name: String, value: String)] = []) {
        self.init(bytes: fields.flatMap { field in Array("\(field.name): \(field.value)\r\n".utf8) })
    }

    /// The bits of all names, read in one pass.
    private static func names(in text: Span<UInt8>) -> UInt64 {
        var names: UInt64 = 0
        var start = 0
        var colon: Int?
        for index in text.indices {
            switch text[index] {
            case UInt8(ascii: ":"):
                colon = colon ?? index
            case UInt8(ascii: "\n"):
                if let colon { names |= bit(ofName: text, in: start..<colon) }
                start = index + 1
                colon = nil
            default: break
            }
        }
        if let colon { names |= bit(ofName: text, in: start..<colon) }
        return names
    }

    /// The bit of a name, whatever its case.
    private static func bit(ofName text: Span<UInt8>, in range: Range<Int>) -> UInt64 {
        guard !range.isEmpty else { return 1 }
        // Letters of either case differ in one bit.
        let (first, last) = (text[range.lowerBound] | 0x20, text[range.upperBound - 1] | 0x20)
        let middle = text[range.lowerBound + range.count / 2] | 0x20
        let mixed = UInt64(first) &+ UInt64(middle) &* 7 &+ UInt64(last) &* 31 &+ UInt64(range.count) &* 131
        return 1 << ((mixed &* 0x9E37_79B9_7F4A_7C15) >> 58)
    }

    /// Whether a field may be there.
    private func mayHave(_ name: String) -> Bool {
        let text = name.utf8.span
        return names & Self.bit(ofName: text, in: 0..<text.count) != 0
    }

    /// Returns the first value of a field, whatever the case of its name.
    package func first(_ name: String) -> String? {
        guard mayHave(name) else { return nil }
        var start = bytes.startIndex
        while let line = nextLine(from: &start) {
            if let value = value(of: name, in: line) { return value }
        }
        return nil
    }

    /// Returns all values of a field in the order of their lines, whatever the case of its name.
    package func all(_ name: String) -> [String] {
        guard mayHave(name) else { return [] }
        var values: [String] = []
        var start = bytes.startIndex
        while let line = nextLine(from: &start) {
            if let value = value(of: name, in: line) { values.append(value) }
        }
        return values
    }

    private func nextLine(from start: inout Int) -> Range<Int>? {
        guard start < bytes.endIndex else { return nil }
        let first = start
        while start < bytes.endIndex, bytes[start] != UInt8(ascii: "\n") { start += 1 }
        defer { start += 1 }
        return first..<start
    }

    private func value(of name: String, in line: Range<Int>) -> String? {
        var position = line.lowerBound
        guard line.count > name.utf8.count, bytes[position + name.utf8.count] == UInt8(ascii: ":") else { return nil }
        for expected in name.utf8 {
            guard lowercase(bytes[position]) == lowercase(expected) else { return nil }
            position += 1
        }
        var (start, end) = (position + 1, line.upperBound)
        while start < end, isWhitespace(bytes[start]) { start += 1 }
        while start < end, isWhitespace(bytes[end - 1]) { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private func lowercase(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private func isWhitespace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
