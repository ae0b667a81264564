private import JSON

/// The header fields of a response: the received bytes, and the position of each field in them.
package struct TransportHeaders: Sendable {
    /// A line that is a field.
    private struct Field: Sendable {
        /// A hash of the name, equal for names that differ only in letter case.
        let digest: UInt32
        let nameStart: Int32
        let colon: Int32
        let end: Int32
    }

    /// The lines, each of which ends with a line feed.
    ///
    /// Lines that are no field, such as the status line, are skipped.
    private let bytes: [UInt8]
    // PERF: most fields that are looked up are absent: digests rule them out without reading all lines again for each.
    private let fields: [Field]

    /// Finds the fields in the lines of a response's head.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
        fields = Self.fields(of: bytes.span)
    }

    /// Makes fields from names and values.
    package init(_ fields: [(name: String, value: String)] = []) {
        self.init(bytes: fields.flatMap { field in Array("\(field.name): \(field.value)\r\n".utf8) })
    }

    /// Returns the first value of a field, whatever the letter case of its name.
    package func first(_ name: String) -> String? {
        let digest = Self.digest(of: name.utf8.span)
        for field in fields where field.digest == digest {
            if let value = value(of: name, in: field) { return value }
        }
        return nil
    }

    /// Returns all values of a field in the order of their lines, whatever the letter case of its name.
    package func all(_ name: String) -> [String] {
        let digest = Self.digest(of: name.utf8.span)
        return fields.compactMap { $0.digest == digest ? value(of: name, in: $0) : nil }
    }

    /// Finds all fields, in one pass.
    private static func fields(of text: Span<UInt8>) -> [Field] {
        var fields: [Field] = []
        var start = 0
        while start < text.count {
            let end = text.firstIndex(of: UInt8(ascii: "\n"), in: start..<text.count) ?? text.count
            if let colon = text.firstIndex(of: UInt8(ascii: ":"), in: start..<end) {
                if fields.isEmpty { fields.reserveCapacity(16) }
                fields.append(
                    Field(
                        digest: digest(of: text.extracting(start..<colon)),
                        nameStart: Int32(start),
                        colon: Int32(colon),
                        end: Int32(end)
                    )
                )
            }
            start = end + 1
        }
        return fields
    }

    /// The digest of a name, whatever its letter case.
    private static func digest(of name: Span<UInt8>) -> UInt32 {
        let count = name.count
        guard count > 0 else { return 0 }
        // Upper-case and lower-case letters differ in one bit.
        let (first, middle, last) = (name[0] | 0x20, name[count / 2] | 0x20, name[count - 1] | 0x20)
        return UInt32(first) << 24 | UInt32(middle) << 16 | UInt32(last) << 8 | UInt32(truncatingIfNeeded: count) & 0xFF
    }

    /// The value of a field, if it has a name; nil otherwise.
    private func value(of name: String, in field: Field) -> String? {
        let text = bytes.span
        let expected = name.utf8.span
        guard Int(field.colon - field.nameStart) == expected.count else { return nil }
        for index in expected.indices {
            guard lowercase(text[Int(field.nameStart) + index]) == lowercase(expected[index]) else { return nil }
        }
        var (start, end) = (Int(field.colon) + 1, Int(field.end))
        while start < end, isWhitespace(text[start]) { start += 1 }
        while start < end, isWhitespace(text[end - 1]) { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private func lowercase(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private func isWhitespace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
