package import JSON

/// Coerces the variables of a request to the types that the operation declares.
///
/// https://spec.graphql.org/September2025/#CoerceVariableValues()
/// After `maximumErrors` errors, one more states that there are too many, and the rest is skipped.
package func coerceVariableValues(
    _ operation: OperationDefinitionNode,
    inputs: JSONObject,
    schema: Schema,
    source: Source,
    maximumErrors: Int = 50
) -> CoercedVariables {
    if operation.variableDefinitions.isEmpty { return .values(VariableValues()) }
    var coercion = VariableCoercion(schema: schema, source: source, maximumErrors: maximumErrors)
    for definition in operation.variableDefinitions where !coercion.isAborted {
        coercion.coerce(definition, input: inputs[definition.variable.name.value])
    }
    return coercion.errors.isEmpty ? .values(coercion.values) : .errors(coercion.errors)
}

private struct VariableCoercion {
    let schema: Schema
    let source: Source
    let maximumErrors: Int
    var values = VariableValues()
    var errors: [GraphQLError] = []
    var isAborted = false

    mutating func coerce(_ definition: VariableDefinitionNode, input: JSONValue?) {
        let name = definition.variable.name.value
        guard let type = schema.typeReference(of: definition.type), schema.namedType(of: type).isInputType else {
            let reason = "expected value of type \"\(definition.type.text)\" which cannot be used as an input type."
            return report("Variable \"$\(name)\" \(reason)", at: definition.type.range)
        }
        guard let input else {
            if let defaultValue = definition.defaultValue {
                values[name] = valueFromAST(defaultValue, type: type, schema: schema, variables: nil)
            } else if type.isNonNull {
                let reason = "of required type \"\(schema.text(of: type))\" was not provided."
                report("Variable \"$\(name)\" \(reason)", at: definition.range)
            }
            return
        }
        if type.isNonNull, case .null = input {
            let reason = "of non-null type \"\(schema.text(of: type))\" must not be null."
            return report("Variable \"$\(name)\" \(reason)", at: definition.range)
        }
        var coercion = InputValueCoercion(schema: schema, maximumProblems: maximumErrors - errors.count)
        values[name] = coercion.coerce(input, to: type)
        for problem in coercion.problems { report(problem, of: name, at: definition.range) }
        if coercion.isAborted { abort() }
    }

    private mutating func report(_ problem: InputValueProblem, of name: String, at range: SourceRange) {
        let location = problem.path.isEmpty ? "" : " at \"\(name)\(problem.path.map(\.text).joined())\""
        report(
            "Variable \"$\(name)\" got invalid value \(inspect(problem.value))\(location); \(problem.message)",
            at: range
        )
    }

    private mutating func report(_ message: String, at range: SourceRange) {
        guard errors.count < maximumErrors else { return abort() }
        errors.append(GraphQLError(message, at: [range], in: source))
    }

    private mutating func abort() {
        guard !isAborted else { return }
        isAborted = true
        errors.append(
            GraphQLError("Too many errors processing variables, error limit reached. Execution aborted.")
        )
    }
}

extension PathSegment {
    /// The segment as error messages show it: `.name` or `[3]`.
    fileprivate var text: String {
        switch self {
        case .key(let name): ".\(name)"
        case .index(let index): "[\(index)]"
        }
    }
}
