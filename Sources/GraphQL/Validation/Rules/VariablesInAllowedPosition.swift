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
        let uses = context.variableUses(of: operation)
        guard !uses.isEmpty else { return }
        let variables = variables(of: operation)
        for uses in uses where !uses.distinct.allSatisfy({ faults(of: $0, variables[$0.ordinal]).isEmpty }) {
            for usage in uses.all where !context.isAborted {
                guard let variable = variables[usage.ordinal] else { continue }
                for fault in faults(of: usage, variable) {
                    context.report(fault, at: variable.node.range, usage.node.range)
                }
            }
        }
    }

    /// The variables by the indices of their names; of several with one name, the last.
    private func variables(of operation: OperationDefinitionNode) -> [Variable?] {
        let ordinals = operation.variableDefinitions.map { context.ordinal(ofVariable: $0.variable.name.value) }
        var variables: [Variable?] = Array(repeating: nil, count: context.variableCount)
        for (node, ordinal) in zip(operation.variableDefinitions, ordinals) {
            variables[ordinal] = context.schema.typeReference(of: node.type).map { Variable(node: node, type: $0) }
        }
        return variables
    }

    /// The errors of a use of a variable, as messages.
    private func faults(of usage: VariableUsage, _ variable: Variable?) -> [String] {
        guard let variable, let type = usage.type else { return [] }
        let schema = context.schema
        let name = usage.node.name.value
        var faults: [String] = []
        if !isAllowed(variable, at: type, hasDefaultValue: usage.hasDefaultValue) {
            faults.append(
                "Variable \"$\(name)\" of type \"\(schema.text(of: variable.type))\""
                    + " used in position expecting type \"\(schema.text(of: type))\"."
            )
        }
        // graphql-js 16 appends this fault to the first one unless the object is in a non-null position.
        let isFurther = !faults.isEmpty && usage.parentType?.isNonNull == true
        if !isFurther, let oneOf = oneOfType(around: usage), !variable.type.isNonNull, !hasNonNullDefault(variable) {
            faults.append(
                "Variable \"$\(name)\" is of type \"\(schema.text(of: variable.type))\""
                    + " but must be non-nullable to be used for OneOf Input Object \"\(oneOf.name)\"."
            )
        }
        return faults
    }

    /// The OneOf input object type of whose field the variable is the value, if there is one.
    ///
    /// https://spec.graphql.org/September2025/#IsNonNullPosition()
    private func oneOfType(around usage: VariableUsage) -> NamedType? {
        guard case .named(let id)? = usage.parentType?.nullable, context.schema[id].isOneOf else { return nil }
        return context.schema[id]
    }

    private func hasNonNullDefault(_ variable: Variable) -> Bool {
        switch variable.node.defaultValue {
        case nil, .null?: false
        default: true
        }
    }

    /// Whether the variable's values are values of the type.
    ///
    /// https://spec.graphql.org/September2025/#IsVariableUsageAllowed()
    private func isAllowed(_ variable: Variable, at type: TypeReference, hasDefaultValue: Bool) -> Bool {
        guard type.isNonNull, !variable.type.isNonNull else {
            return context.schema.isSubtype(variable.type, of: type)
        }
        let hasDefault = hasNonNullDefault(variable) || hasDefaultValue
        return hasDefault && context.schema.isSubtype(variable.type, of: type.nullable)
    }
}
