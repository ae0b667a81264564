package import JSON

/// Coerces the arguments of a field or directive; arguments without a value are left out.
///
/// https://spec.graphql.org/September2025/#CoerceArgumentValues()
/// A missing argument is reported at `range`, the range of the field or directive.
package func coerceArgumentValues(
    _ definitions: DefinitionMap<InputValueDefinition>,
    arguments nodes: [ArgumentNode],
    on range: SourceRange,
    variables: VariableValues,
    schema: Schema,
    source: Source
) -> Result<JSONObject, GraphQLError> {
    let coercion = ArgumentCoercion(range: range, variables: variables, schema: schema)
    do {
        var values = JSONObject()
        for definition in definitions {
            let node = nodes.last { $0.name.value == definition.name }
            if let value = try coercion.value(of: definition, node: node?.value) { values[definition.name] = value }
        }
        return .success(values)
    } catch {
        return .failure(GraphQLError(error.message, at: [error.range], in: source))
    }
}

private struct ArgumentCoercion {
    let range: SourceRange
    let variables: VariableValues
    let schema: Schema

    struct Problem: Error {
        let message: String
        let range: SourceRange
    }

    /// The value of an argument; nil: it is left out.
    func value(of definition: InputValueDefinition, node: ValueNode?) throws(Problem) -> JSONValue? {
        guard let node else {
            return try defaultValue(of: definition, orElse: "was not provided.", at: range)
        }
        var isNull = false
        switch node {
        case .null: isNull = true
        case .variable(let variable):
            let name = variable.name.value
            guard let value = variables[name] else {
                let reason = "was provided the variable \"$\(name)\" which was not provided a runtime value."
                return try defaultValue(of: definition, orElse: reason, at: node.range)
            }
            isNull = value.isNull
        case .int, .float, .string, .boolean, .enumeration, .list, .object: break
        }
        if isNull, definition.type.isNonNull {
            throw problem(definition, "of non-null type", "must not be null.", at: node.range)
        }
        guard let value = valueFromAST(node, type: definition.type, schema: schema, variables: variables) else {
            throw Problem(
                message: "Argument \"\(definition.name)\" has invalid value \(node.text).",
                range: node.range
            )
        }
        return value
    }

    private func defaultValue(
        of definition: InputValueDefinition,
        orElse reason: String,
        at range: SourceRange
    ) throws(Problem) -> JSONValue? {
        if let value = schema.defaultValue(of: definition) { return value }
        guard definition.type.isNonNull else { return nil }
        throw problem(definition, "of required type", reason, at: range)
    }

    private func problem(
        _ definition: InputValueDefinition,
        _ kind: String,
        _ reason: String,
        at range: SourceRange
    ) -> Problem {
        let type = schema.text(of: definition.type)
        return Problem(message: "Argument \"\(definition.name)\" \(kind) \"\(type)\" \(reason)", range: range)
    }
}
