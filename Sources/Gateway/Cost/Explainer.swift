package import GraphQL
package import JSON
internal import Upstream

/// Estimates the cost of operations without executing them.
package struct Explainer: Sendable {
    private let schema: LoadedSchema
    private let terms: CostContext

    /// The errors of the document or of the variables, which prevent an estimate.
    package struct Failure: Error, Sendable {
        package let errors: [GraphQLError]
        package let source: Source
    }

    /// Makes an explainer.
    ///
    /// - Parameters:
    ///   - schema: the schema that the documents are for.
    ///   - workspaceCount: the number of workspaces that a caller may use.
    package init(schema: LoadedSchema, workspaceCount: Int) {
        self.schema = schema
        terms = CostContext(workspaceCount: workspaceCount)
    }

    /// Estimates operations of a document.
    ///
    /// - Parameters:
    ///   - source: the document's text.
    ///   - name: the operation to estimate; nil: every operation.
    ///   - variables: the variables of each operation, as a client would send them.
    /// - Returns: the estimates; none, if no operation has the name.
    /// - Throws: the errors of the document or of the variables.
    package func explain(
        _ source: Source,
        operation name: String? = nil,
        variables: JSONObject = JSONObject()
    ) throws(Failure) -> [OperationExplanation] {
        let document: Document
        do {
            document = try Document(parsing: source, limits: .standard)
        } catch {
            throw Failure(errors: [error.graphQLError(in: source)], source: source)
        }
        let errors = validate(document, schema: schema.executable.schema)
        guard errors.isEmpty else { throw Failure(errors: errors, source: source) }
        let stored = StoredDocument(document)
        var explanations: [OperationExplanation] = []
        for case .operation(let node) in document.definitions where name == nil || node.name?.value == name {
            explanations.append(try explain(node, of: stored, source, variables: variables))
        }
        return explanations
    }

    private func explain(
        _ node: OperationDefinitionNode,
        of stored: StoredDocument,
        _ source: Source,
        variables: JSONObject
    ) throws(Failure) -> OperationExplanation {
        do {
            let (operation, _) = try stored.prepare(
                operationNamed: node.name?.value,
                variables: variables,
                executable: schema.executable
            )
            return OperationExplanation(
                file: source.parts[0].name,
                title: [node.operation.rawValue, node.name?.value].compactMap { $0 }.joined(separator: " "),
                cost: OperationCost(
                    operation.plan,
                    variables: operation.variables,
                    table: schema.bindings,
                    terms: terms
                )
            )
        } catch {
            throw Failure(errors: error.errors, source: source)
        }
    }
}
