import GraphQL
import JSON
import Testing

@testable import Upstream

/// A schema with binding directives, read for a test.
struct BoundSchema {
    let schema: Schema
    let table: BindingTable
    let errors: [GraphQLError]
    private let executable: ExecutableSchema

    /// Builds the schema and reads its bindings; throws only where the text is no valid schema.
    init(_ sdl: String) throws {
        schema = try Schema(sdl: Source(sdl), preludes: [BindingDirectives.document])
        (table, errors) = BindingTable.read(from: schema)
        executable = ExecutableSchema(schema: schema, binding: table)
    }

    /// Where the value of a field comes from; nil if there is no such field.
    func source(_ type: String, _ field: String) -> FieldSource? {
        guard let type = schema[type], let field = type.fields[field] else { return nil }
        return table.source(of: field, on: type)
    }

    /// The value of a field's binding; nil if there is no such field, or it is not bound.
    func binding(_ type: String, _ field: String) -> (any BindingKind)? {
        guard case .bound(let id)? = source(type, field) else { return nil }
        return table.kind(of: id)
    }

    /// Plans a query, which has to be valid.
    func plan(
        _ query: String,
        variables: JSONObject = JSONObject()
    ) throws -> (plan: Plan, variables: VariableValues) {
        let document = try Document(parsing: Source(query), limits: .standard)
        try #require(validate(document, schema: schema) == [])
        var fragments: [String: FragmentDefinitionNode] = [:]
        var operations: [OperationDefinitionNode] = []
        for definition in document.definitions {
            switch definition {
            case .operation(let node): operations.append(node)
            case .fragment(let node): fragments[node.name.value] = node
            case .schema, .type, .directive: break
            }
        }
        let operation = try #require(operations.first)
        let coerced = coerceVariableValues(operation, inputs: variables, schema: schema, source: document.source)
        guard case .values(let values) = coerced else { throw WrongVariables() }
        let plan = try Planner.plan(
            operation,
            fragments: fragments,
            conditions: Conditions([], from: values),
            source: document.source,
            executable: executable
        )
        return (plan, values)
    }

    private struct WrongVariables: Error {}

    /// Runs a query as one client request.
    ///
    /// - Returns: its estimate, made before that, and the response.
    func run(
        _ query: String,
        variables: JSONObject = JSONObject(),
        for session: CallSession,
        fromMemory: Bool = false
    ) async throws -> (cost: CostRange, response: JSONValue) {
        let (plan, variables) = try plan(query, variables: variables)
        let cost = OperationCost(plan, variables: variables, table: table, terms: session.costContext)
        var execution = Execution(plan: plan, variables: variables)
        if fromMemory { execution.runFromMemory(with: UpstreamResolver(table: table, session: session)) }
        await execution.run(with: UpstreamResolver(table: table, session: session))
        var output = OutputBuffer(minimumCapacity: 256)
        execution.write(into: &output, maximumErrors: 100)
        return (cost.calls, try JSONValue(parsing: output.array()))
    }
}
