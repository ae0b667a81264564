private import Synchronization

/// A GraphQL document's text: one part, or several files joined so that one byte offset determines file, line and column.
package final class Source: Sendable {
    /// One named file of a source and where its text starts, in bytes.
    package struct Part: Sendable, Equatable {
        package let name: String
        package let start: Int
    }

    /// The UTF-8 text; parts are separated by a line feed.
    package let text: [UInt8]
    package let parts: [Part]
    /// Made when the first location is needed, as most documents have no errors.
    private let locationIndex = AtomicLazyReference<LocationIndex>()

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

    /// The part with a byte offset.
    package func part(at offset: Int) -> Part { parts[partIndex(at: offset)] }

    private func partIndex(at offset: Int) -> Int {
        parts.lastIndex { $0.start <= offset } ?? 0
    }

    /// The text of a part.
    package func text(of part: Int) -> ArraySlice<UInt8> {
        let start = parts[part].start
        guard part + 1 < parts.count else { return text[start...] }
        // There is a line feed between parts, unless all earlier ones are empty.
        return text[start..<max(start, parts[part + 1].start - 1)]
    }

    /// The line and column of a byte offset within its part; columns count UTF-16 code units from 1, as graphql-js does.
    ///
    /// Line terminators are CR LF, LF and CR: https://spec.graphql.org/September2025/#LineTerminator
    package func location(at offset: Int) -> SourceLocation {
        let index = locationIndex.load() ?? locationIndex.storeIfNil(LocationIndex(text: text, parts: parts))
        return index.location(at: offset)
    }

    /// The lines and columns where nodes start, in the order of the nodes.
    package func locations(of ranges: [SourceRange]) -> [SourceLocation] {
        ranges.map { location(at: Int($0.start)) }
    }
}
