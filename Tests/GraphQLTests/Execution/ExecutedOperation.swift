import GraphQL
import JSON
import Testing

/// An operation with its plan, made from texts.
struct ExecutedOperation {
    let plan: Plan
    let variables: VariableValues

    /// Parses, validates, coerces and plans.
    init(
        _ query: String,
        schema: String,
        variables: JSONObject = JSONObject(),
        binding: some FieldBinding = PlainBinding()
    ) throws {
        let executable = ExecutableSchema(schema: try Schema(sdl: Source(schema)), binding: binding)
        try self.init(query, executable: executable, variables: variables)
    }

    /// Parses, validates, coerces and plans.
    init(_ query: String, executable: ExecutableSchema, variables: JSONObject = JSONObject()) throws {
        let document = try Document(parsing: Source(query))
        try #require(validate(document, schema: executable.schema) == [])
        var operations: [OperationDefinitionNode] = []
        var fragments: [String: FragmentDefinitionNode] = [:]
        for definition in document.definitions {
            switch definition {
            case .operation(let node): operations.append(node)
            case .fragment(let node): fragments[node.name.value] = node
            case .schema, .type, .directive: Issue.record("\(definition.text) is not executable.")
            }
        }
        let operation = try #require(operations.first)
        let coerced = coerceVariableValues(
            operation,
            inputs: variables,
            schema: executable.schema,
            source: document.source
        )
        guard case .values(let values) = coerced else {
            throw GraphQLError("The variables do not fit: \(coerced)")
        }
        self.variables = values
        let names = Conditions.variables(of: operation, fragments: fragments)
        plan = try Planner.plan(
            operation,
            fragments: fragments,
            conditions: Conditions(names, from: values),
            source: document.source,
            executable: executable
        )
    }

    /// The response to the operation on local data, as text.
    func response(to data: String) throws -> String {
        Execution(plan: plan, variables: variables, root: try SourceDocument(text: data)).response
    }

    /// The response, as text, once a resolver has given all that it is asked for.
    func response(with resolver: some FieldResolver, root: String = "{}") async throws -> String {
        var execution = Execution(plan: plan, variables: variables, root: try SourceDocument(text: root))
        await execution.run(with: resolver)
        return execution.response
    }
}

extension Execution {
    /// The response as text.
    var response: String {
        var output = OutputBuffer()
        write(into: &output)
        return String(decoding: output.array(), as: UTF8.self)
    }
}

extension SourceDocument {
    /// A document of JSON text.
    convenience init(text: String, linked: [SourceDocument] = []) throws {
        self.init(try JSONDocument(parsing: Array(text.utf8)), linked: linked)
    }
}

/// An operation on local data, and the exact response.
struct ExecutionCase: Sendable, CustomTestStringConvertible {
    let query: String
    let data: String
    let response: String
    var variables: JSONObject = [:]

    init(_ query: String, on data: String, variables: JSONObject = [:], gives response: String) {
        self.query = query
        self.data = data
        self.variables = variables
        self.response = response
    }

    var testDescription: String { "\(query) on \(data)" }

    /// Executes the operation and compares the response.
    func check(schema: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
        let operation = try ExecutedOperation(query, schema: schema, variables: variables)
        #expect(try operation.response(to: data) == response, sourceLocation: sourceLocation)
    }
}
