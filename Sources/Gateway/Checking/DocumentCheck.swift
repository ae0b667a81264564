package import GraphQL
package import JSON

/// Checks documents against a schema, step by step; the first step with errors ends it.
///
/// The steps are: the document's syntax; a server's limits, if they are given; validation, at most 100 errors; and, where
/// variables or an operation's name are given, the choice of the operation and the coercion of its variables.
package struct DocumentCheck: Sendable {
    package let schema: Schema
    private let serverLimits: ServerLimits?

    /// Deeper than a server allows: here a document can only harm its own author.
    private static let limits = ParserLimits(maximumDepth: 1000)

    /// The limits that a server applies to documents.
    package struct ServerLimits: Sendable {
        /// The limits of each operation's text, including the fragments that it spreads.
        package var parser: ParserLimits
        /// The limits of the fields that each operation selects.
        package var document: DocumentLimits

        package init(parser: ParserLimits = .standard, document: DocumentLimits = DocumentLimits()) {
            self.parser = parser
            self.document = document
        }
    }

    package init(schema: Schema, serverLimits: ServerLimits? = nil) {
        self.schema = schema
        self.serverLimits = serverLimits
    }

    /// The result of a check.
    package enum Outcome: Sendable {
        case valid(Document)
        case invalid([GraphQLError])

        /// The errors; none if the document is valid.
        package var errors: [GraphQLError] {
            switch self {
            case .valid: []
            case .invalid(let errors): errors
            }
        }
    }

    /// Parses and validates a document.
    package func check(_ source: Source) -> Outcome {
        let document: Document
        do {
            document = try Document(parsing: source, limits: Self.limits)
        } catch {
            return .invalid([error.graphQLError(in: source)])
        }
        if let serverLimits {
            let excesses = serverLimits.errors(in: document)
            guard excesses.isEmpty else { return .invalid(excesses) }
        }
        let errors = validate(document, schema: schema)
        return errors.isEmpty ? .valid(document) : .invalid(errors)
    }

    /// Parses and validates a document, then coerces the variables of one of its operations.
    package func check(_ source: Source, variables: JSONObject, operationName: String?) -> Outcome {
        let outcome = check(source)
        guard case .valid(let document) = outcome else { return outcome }
        do {
            let operation = try StoredDocument(document).operation(named: operationName)
            let coerced = coerceVariableValues(operation.definition, inputs: variables, schema: schema, source: source)
            if case .errors(let errors) = coerced { return .invalid(errors) }
            return outcome
        } catch {
            return .invalid([error])
        }
    }
}
