/// The lines and columns at some offsets of a source, so that computing others only reads a few hundred bytes.
///
/// A response may list a hundred errors, each with many locations in a text of a megabyte.
final class LocationIndex: Sendable {
    /// A position that is known: an offset, and the line and column there.
    private struct Checkpoint {
        let offset: Int
        let line: Int
        let column: Int
    }

    private let text: [UInt8]
    private let parts: [Source.Part]
    /// In order of their offsets; one at the start of each part.
    private let checkpoints: [Checkpoint]

    /// The shortest distance between checkpoints, in bytes.
    private static let distance = 512

    /// Walks over a text once.
    init(text: [UInt8], parts: [Source.Part]) {
        self.text = text
        self.parts = parts
        var checkpoints: [Checkpoint] = []
        for (number, part) in parts.enumerated() {
            let end = number + 1 < parts.count ? parts[number + 1].start : text.count
            var cursor = Cursor(offset: part.start)
            checkpoints.append(Checkpoint(offset: part.start, line: 1, column: 1))
            while cursor.offset < end {
                cursor.advance(over: text)
                if let last = checkpoints.last, cursor.offset - last.offset >= Self.distance {
                    checkpoints.append(Checkpoint(offset: cursor.offset, line: cursor.line, column: cursor.column))
                }
            }
        }
        self.checkpoints = checkpoints
    }

    /// The line and column of an offset.
    func location(at offset: Int) -> SourceLocation {
        let end = min(max(offset, 0), text.count)
        let part = parts.lastIndex { $0.start <= end } ?? 0
        let checkpoint = checkpoint(before: end, notBefore: parts[part].start)
        var cursor = Cursor(offset: checkpoint.offset, line: checkpoint.line, column: checkpoint.column)
        while cursor.offset < end {
            let before = cursor
            cursor.advance(over: text)
            // Between the two bytes of a line terminator.
            if cursor.offset > end { return SourceLocation(line: before.line, column: before.column + 1, part: part) }
        }
        return SourceLocation(line: cursor.line, column: cursor.column, part: part)
    }

    /// The last checkpoint at or before an offset; among empty parts at the same offset, that of the last one.
    private func checkpoint(before offset: Int, notBefore start: Int) -> Checkpoint {
        var low = 0
        var high = checkpoints.count
        while low < high {
            let middle = (low + high) / 2
            if checkpoints[middle].offset <= offset { low = middle + 1 } else { high = middle }
        }
        return low > 0 && checkpoints[low - 1].offset >= start
            ? checkpoints[low - 1] : Checkpoint(offset: start, line: 1, column: 1)
    }

    /// A position that moves forward; columns count UTF-16 code units.
    private struct Cursor {
        var offset: Int
        var line = 1
        var column = 1

        /// Moves over a byte, or over both of CR LF.
        mutating func advance(over text: [UInt8]) {
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
    }
}
