package import GraphQL
internal import JSON

/// Formats errors of documents for people and for programs.
package enum CheckReport {
    /// One error as text: file, line and column, the message, the line of the source and a caret below each location.
    package static func text(of error: GraphQLError, in source: Source) -> String {
        guard let first = error.locations.first else { return "\(source.parts[0].name): \(error.message)" }
        var text = "\(source.parts[first.part].name):\(first.line):\(first.column): \(error.message)"
        for location in error.locations {
            guard let excerpt = excerpt(at: location, in: source) else { continue }
            if location.part != first.part { text += "\n  \(source.parts[location.part].name)" }
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

    /// The error with the name of its file in `extensions`, for when there are several files.
    package static func naming(fileOf error: GraphQLError, in source: Source) -> GraphQLError {
        var named = error
        named.extensions["file"] = .string(source.parts[error.locations.first?.part ?? 0].name)
        return named
    }

    private static func excerpt(at location: SourceLocation, in source: Source) -> String? {
        let text = String(decoding: source.text(of: location.part), as: UTF8.self)
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
        guard lines.indices.contains(location.line - 1) else { return nil }
        let line = lines[location.line - 1]
        let number = "\(location.line)"
        // A tab stays a tab, so that the caret stands below its column.
        let before = line.utf16.prefix(location.column - 1).map { $0 == 0x09 ? "\t" : " " }.joined()
        let margin = String(repeating: " ", count: number.count)
        return "  \(number) | \(line)\n  \(margin) | \(before)^"
    }
}
