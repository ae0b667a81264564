package import GraphQL
internal import JSON
internal import JSONRPC

/// An operation of a file that is offered as a tool, with the operation's name and description.
package struct OperationTool: Sendable {
    package let name: String
    /// The document.
    let text: String
    private let definition: OperationDefinitionNode

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - text: its text, with exactly one operation.
    ///   - mayWrite: whether the operation may be a mutation.
    ///   - schema: the schema that the operation is for.
    /// - Throws: all errors of the document.
    package init(_ text: String, mayWrite: Bool, schema: Schema) throws(Invalid) {
        let source = Source(text)
        let document: Document
        do {
            document = try Document(parsing: source, limits: .standard)
        } catch {
            throw Invalid([error.graphQLError(in: source)])
        }
        let errors = validate(document, schema: schema)
        guard errors.isEmpty else { throw Invalid(errors) }
        let operations = document.definitions.compactMap { definition -> OperationDefinitionNode? in
            if case .operation(let node) = definition { node } else { nil }
        }
        guard operations.count == 1, let operation = operations.first, let name = operation.name?.value else {
            throw Invalid("A tool's document has one operation, and the operation has a name.")
        }
        switch operation.operation {
        case .query: break
        case .mutation where mayWrite: break
        case .mutation:
            throw Invalid(
                "\"\(name)\" is a mutation: name its file with the ending .write.graphql if it is to be a tool."
            )
        case .subscription: throw Invalid("\"\(name)\" is a subscription, which cannot be a tool.")
        }
        guard name.utf8.count <= 64 else { throw Invalid("The name of a tool may have 64 characters at most.") }
        self.name = name
        self.text = text
        definition = operation
    }

    /// The errors of a document that is not a valid tool.
    package struct Invalid: Error, Sendable {
        /// The errors.
        package let errors: [GraphQLError]

        fileprivate init(_ errors: [GraphQLError]) {
            self.errors = errors
        }

        fileprivate init(_ message: String) {
            errors = [GraphQLError(message)]
        }
    }

    /// Checks that the operation has a variable for each argument.
    ///
    /// - Throws: `invalidParams`, which names the first argument without one.
    func check(_ arguments: JSONObject) throws(RPCError) {
        let names = definition.variableDefinitions.map(\.variable.name.value)
        let unknown = arguments.keys.first { key in !names.contains { $0.utf8.elementsEqual(key.utf8) } }
        guard let unknown else { return }
        let known = names.isEmpty ? "none" : names.map { "\"\($0)\"" }.joined(separator: ", ")
        throw .invalidParams("There is no argument \"\(unknown)\"; \(name) takes \(known).")
    }

    /// The tool as it is listed.
    func described(_ schemas: ToolSchemas) -> MCPTool {
        MCPTool(
            name: name,
            description: definition.description?.value,
            inputSchema: schemas.parameters(of: definition),
            outputSchema: ["type": "object"],
            effect: definition.operation == .query ? .reads : .any
        )
    }
}
