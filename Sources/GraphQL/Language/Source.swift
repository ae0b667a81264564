/// A GraphQL document's text: one part, or several files joined so that one byte offset tells file, line and column.
package final class Source: Sendable {
    /// One named file of a source and where its text starts, in bytes.
    package struct Part: Sendable, Equatable {
        package let name: String
        package let start: Int
    }

    /// The UTF-8 text; parts are separated by a line feed.
    package let text: [UInt8]
    package let parts: [Part]

    /// Makes a source of one part.
    package init(_ text: [UInt8], name: String = "GraphQL request") {
        self.text = text
        self.parts = [Part(name: name, start: 0)]
    }

    /// Makes a source of one part from a string.
    package convenience init(_ text: String, name: String = "GraphQL request") {
        self.init(Array(text.utf8), name: name)
    }

    /// Joins several named files into one source.
    package init(files: [(name: String, text: [UInt8])]) {
        var joined: [UInt8] = []
        var parts: [Part] = []
        for file in files {
            if !joined.isEmpty { joined.append(UInt8(ascii: "\n")) }
            parts.append(Part(name: file.name, start: joined.count))
            joined.append(contentsOf: file.text)
        }
        self.text = joined
        self.parts = parts.isEmpty ? [Part(name: "GraphQL request", start: 0)] : parts
    }

    /// The part that holds a byte offset.
    package func part(at offset: Int) -> Part { parts[partIndex(at: offset)] }

    private func partIndex(at offset: Int) -> Int {
        parts.lastIndex { $0.start <= offset } ?? 0
    }

    /// The text of a part.
    package func text(of part: Int) -> ArraySlice<UInt8> {
        let start = parts[part].start
        guard part + 1 < parts.count else { return text[start...] }
        // A line feed stands between parts, unless all before are empty.
        return text[start..<max(start, parts[part + 1].start - 1)]
    }

    /// The line and column of a byte offset within its part; columns count UTF-16 code units from 1, as graphql-js does.
    ///
    /// Line terminators are CR LF, LF and CR: https://spec.graphql.org/September2025/#LineTerminator
    package func location(at offset: Int) -> SourceLocation {
        let end = min(max(offset, 0), text.count)
        let part = partIndex(at: offset)
        var index = parts[part].start
        var line = 1
        var column = 1
        while index < end {
            let byte = text[index]
            index += 1
            switch byte {
            case 0x0A:  // \n
                line += 1
                column = 1
            case 0x0D:  // \r, alone or before \n
                if index < text.count, text[index] == 0x0A {
                    if index >= end { return SourceLocation(line: line, column: column + 1, part: part) }
                    index += 1
                }
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
        return SourceLocation(line: line, column: column, part: part)
    }
}

/// A position in a document, as an error shows it: both numbers count from 1.
///
/// https://spec.graphql.org/September2025/#sec-Errors
package struct SourceLocation: Sendable, Hashable {
    package let line: Int
    package let column: Int
    /// The index of the source's part, of which responses tell nothing.
    package let part: Int

    package init(line: Int, column: Int, part: Int = 0) {
        self.line = line
        self.column = column
        self.part = part
    }
}

/// The bytes of a node in its source: from `start` up to, not including, `end`.
package struct SourceRange: Sendable, Hashable {
    package let start: Int32
    package let end: Int32

    package init(start: Int, end: Int) {
        self.start = Int32(clamping: start)
        self.end = Int32(clamping: end)
    }
}
