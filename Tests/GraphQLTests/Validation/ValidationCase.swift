import GraphQL
import Testing

/// A document and all errors that are found in it, in order.
struct ValidationCase: CustomTestStringConvertible {
    let document: String
    let errors: [GraphQLError]
    var testDescription: String { document.debugDescription }

    init(_ document: String, _ errors: GraphQLError...) {
        self.document = document
        self.errors = errors
    }
}

extension GraphQLError {
    /// An error at lines and columns.
    static func error(_ message: String, at places: (line: Int, column: Int)...) -> GraphQLError {
        GraphQLError(message, locations: places.map { SourceLocation(line: $0.line, column: $0.column) })
    }
}
