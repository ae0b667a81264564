/// The header fields of a response, stored as the bytes that came and parsed only on demand.
package struct TransportHeaders: Sendable {
    /// Lines that end with a line feed.
    ///
    /// Lines that are no field, such as the status line, are allowed and skipped.
    private let bytes: [UInt8]

    /// Keeps the lines of a response's head.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Makes fields from names and values.
    package init(_ fields: [(name: String, value: String)] = []) {
        bytes = fields.flatMap { field in Array("\(field.name): \(field.value)\r\n".utf8) }
    }

    /// Returns the first value of a field, whatever the case of its name.
    package func first(_ name: String) -> String? {
        var start = bytes.startIndex
        while let line = nextLine(from: &start) {
            if let value = value(of: name, in: line) { return value }
        }
        return nil
    }

    /// Returns all values of a field in the order of their lines, whatever the case of its name.
    package func all(_ name: String) -> [String] {
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
        for expected in name.utf8 {
            guard position < line.upperBound, lowercase(bytes[position]) == lowercase(expected) else { return nil }
            position += 1
        }
        guard position < line.upperBound, bytes[position] == UInt8(ascii: ":") else { return nil }
        var value = bytes[(position + 1)..<line.upperBound]
        while let byte = value.first, isWhitespace(byte) { value.removeFirst() }
        while let byte = value.last, isWhitespace(byte) { value.removeLast() }
        return String(decoding: value, as: UTF8.self)
    }

    private func lowercase(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private func isWhitespace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
