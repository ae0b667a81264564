extension Source {
    /// The lines and columns where nodes start, in the order of the nodes.
    func locations(of ranges: [SourceRange]) -> [SourceLocation] {
        guard ranges.count > 4, parts.count == 1 else { return ranges.map { location(at: Int($0.start)) } }
        // One pass over the text for all of them: errors can point at thousands of nodes.
        var locations = Array(repeating: SourceLocation(line: 1, column: 1), count: ranges.count)
        var cursor = LocationCursor(text)
        for index in ranges.indices.sorted(by: { ranges[$0].start < ranges[$1].start }) {
            locations[index] = cursor.location(at: Int(ranges[index].start))
        }
        return locations
    }
}

/// Counts lines and columns forward through a text, as `Source.location(at:)` does from its start.
private struct LocationCursor {
    private let text: [UInt8]
    private var offset = 0
    private var line = 1
    private var column = 1

    init(_ text: [UInt8]) {
        self.text = text
    }

    /// The line and column of an offset, which is not before the last one and not inside a line terminator.
    mutating func location(at end: Int) -> SourceLocation {
        while offset < min(end, text.count) {
            let byte = text[offset]
            offset += 1
            switch byte {
            case 0x0A:  // \n
                line += 1
                column = 1
            case 0x0D:  // \r, alone or before \n
                if offset < text.count, text[offset] == 0x0A { offset += 1 }
                line += 1
                column = 1
            case 0x80...0xBF:  // a continuation byte: counted with its first byte
                break
            case 0xF0...0xFF:  // outside the basic plane: a surrogate pair in UTF-16
                column += 2
            default:
                column += 1
            }
        }
        return SourceLocation(line: line, column: column)
    }
}
