package import GraphQL
internal import JSON

/// Shows errors of documents to people and to programs.
package enum CheckReport {
    /// One error as text: file, line and column, the message, the line of the source and a caret below the place.
    package static func text(of error: GraphQLError, in source: Source) -> String {
        guard let location = error.locations.first else { return "\(source.parts[0].name): \(error.message)" }
        var text = "\(source.parts[0].name):\(location.line):\(location.column): \(error.message)"
        for location in error.locations {
            guard let excerpt = excerpt(at: location, in: source) else { continue }
            text += "\n\(excerpt)"
        }
        return text
    }

    /// All errors as one object: `{"errors":[…]}`.
    package static func json(of errors: [GraphQLError]) -> [UInt8] {
        var output = OutputBuffer(minimumCapacity: 256)
        output.append("{\"errors\":")
        output.append(errorList: errors)
        output.append(UInt8(ascii: "}"))
        return output.array()
    }

    private static func excerpt(at location: SourceLocation, in source: Source) -> String? {
        let text = String(decoding: source.text, as: UTF8.self)
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
        guard lines.indices.contains(location.line - 1) else { return nil }
        let line = lines[location.line - 1]
        let number = "\(location.line)"
        // A tab stays a tab, so that the caret stands below its place.
        let before = line.utf16.prefix(location.column - 1).map { $0 == 0x09 ? "\t" : " " }.joined()
        let margin = String(repeating: " ", count: number.count)
        return "  \(number) | \(line)\n  \(margin) | \(before)^"
    }
}
