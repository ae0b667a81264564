/// Variables are used only where their types fit.
///
/// https://spec.graphql.org/September2025/#sec-All-Variable-Usages-Are-Allowed
final class VariablesInAllowedPosition: ValidationRule {
    static let entered: NodeKinds = []
    static let left: NodeKinds = .operationDefinition

    private let context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    /// A variable of the operation and its type in the schema.
    private struct Variable {
        let node: VariableDefinitionNode
        let type: TypeReference
    }

    func leave(operation: OperationDefinitionNode) {
        guard !operation.variableDefinitions.isEmpty else { return }
        let usages = context.variableUsages(of: operation)
        guard !usages.isEmpty else { return }
        let variables = variables(of: operation)
        for usage in usages {
            if let variable = variables[usage.ordinal], let type = usage.type { check(variable, usage, type) }
        }
    }

    /// The variables by the numbers of their names; of several of one name, the last.
    private func variables(of operation: OperationDefinitionNode) -> [Variable?] {
        let ordinals = operation.variableDefinitions.map { context.ordinal(ofVariable: $0.variable.name.value) }
        var variables: [Variable?] = Array(repeating: nil, count: context.variableCount)
        for (node, ordinal) in zip(operation.variableDefinitions, ordinals) {
            variables[ordinal] = context.schema.typeReference(of: node.type).map { Variable(node: node, type: $0) }
        }
        return variables
    }

    private func check(_ variable: Variable, _ usage: VariableUsage, _ type: TypeReference) {
        let schema = context.schema
        let name = usage.node.name.value
        if !isAllowed(variable, at: type, hasDefaultValue: usage.hasDefaultValue) {
            context.report(
                "Variable \"$\(name)\" of type \"\(schema.text(of: variable.type))\""
                    + " used in position expecting type \"\(schema.text(of: type))\".",
                at: variable.node.range,
                usage.node.range
            )
        }
        // As in graphql-js 16, an object that is expected to be non-null is not looked into here.
        if case .named(let id)? = usage.parentType, schema[id].isOneOf, !variable.type.isNonNull {
            context.report(
                "Variable \"$\(name)\" is of type \"\(schema.text(of: variable.type))\""
                    + " but must be non-nullable to be used for OneOf Input Object \"\(schema[id].name)\".",
                at: variable.node.range,
                usage.node.range
            )
        }
    }

    /// https://spec.graphql.org/September2025/#IsVariableUsageAllowed()
    private func isAllowed(_ variable: Variable, at type: TypeReference, hasDefaultValue: Bool) -> Bool {
        guard type.isNonNull, !variable.type.isNonNull else {
            return context.schema.isSubtype(variable.type, of: type)
        }
        let hasDefault: Bool =
            switch variable.node.defaultValue {
            case nil, .null?: hasDefaultValue
            default: true
            }
        return hasDefault && context.schema.isSubtype(variable.type, of: type.nullable)
    }
}
