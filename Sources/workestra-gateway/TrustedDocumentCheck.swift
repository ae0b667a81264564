internal import Configuration
internal import Gateway
internal import GraphQL

/// Checks trusted documents against the schema: one that can never be executed is a mistake of its manifest.
struct TrustedDocumentCheck {
    let schema: LoadedSchema
    /// The server's limits of documents.
    let limits: DocumentCheck.ServerLimits
    /// The manifest's path.
    let path: String

    /// Returns the problems of documents.
    func problems(of documents: TrustedDocuments) -> [ConfigurationProblem] {
        let check = DocumentCheck(schema: schema.executable.schema, serverLimits: limits)
        return documents.documents.flatMap { id, text in
            check.check(Source(text)).errors.map { error in
                let location = error.locations.first.map { " (\($0.line):\($0.column))" } ?? ""
                return ConfigurationProblem(origin: path, message: "document \"\(id)\": \(error.message)\(location)")
            }
        }
    }
}
