package import GraphQL
package import JSON

/// Executes operations on local JSON instead of an upstream: with the same plan, execution and writer as the server.
///
/// The value of a field is the member with its name; a missing one is null; `__typename` states the types of values of abstract types;
/// `{"$error": "text"}` makes a value fail; `{"$args": true}` is replaced by the field's coerced arguments as JSON text.
package struct LocalExecution: Sendable {
    private let executable: ExecutableSchema

    /// Prepares a schema, whose binding directives have no effect here.
    package init(schema: Schema) {
        executable = ExecutableSchema(schema: schema, binding: PlainBinding())
    }

    /// One operation to run.
    package struct Request: Sendable {
        package var query: Source
        package var variables: JSONObject
        package var operationName: String?
        package var root: JSONValue

        package init(
            query: Source,
            variables: JSONObject = JSONObject(),
            operationName: String? = nil,
            root: JSONValue = .object(JSONObject())
        ) {
            self.query = query
            self.variables = variables
            self.operationName = operationName
            self.root = root
        }
    }

    /// Writes the members of the response, without braces: `"data":…,"errors":[…]`.
    ///
    /// Returns whether the operation was executed, that is whether there is a member `data`.
    @discardableResult
    package func writeMembers(of request: Request, into output: inout OutputBuffer) -> Bool {
        let check = DocumentCheck(schema: executable.schema)
        switch check.check(request.query) {
        case .invalid(let errors):
            output.append("\"errors\":")
            output.append(errorList: errors)
            return false
        case .valid(let document):
            return execute(document, request, into: &output)
        }
    }

    private func execute(_ document: Document, _ request: Request, into output: inout OutputBuffer) -> Bool {
        do {
            let (operation, _) = try StoredDocument(document).prepare(
                operationNamed: request.operationName,
                variables: request.variables,
                executable: executable
            )
            let root = SourceDocument(JSONDocument(request.root))
            Execution(plan: operation.plan, variables: operation.variables, root: root).writeMembers(into: &output)
            return true
        } catch {
            // An operation that cannot be planned fails when its execution has begun.
            let hasBegun = if case .plan = error { true } else { false }
            if hasBegun { output.append("\"data\":null,") }
            output.append("\"errors\":")
            output.append(errorList: error.errors)
            return hasBegun
        }
    }
}
