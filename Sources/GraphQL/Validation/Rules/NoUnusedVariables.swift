/// An operation or one of its fragments uses each variable that the operation defines.
///
/// https://spec.graphql.org/September2025/#sec-All-Variables-Used
final class NoUnusedVariables: ValidationRule {
    static let entered: NodeKinds = []
    static let left: NodeKinds = .operationDefinition

    private let context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    func leave(operation: OperationDefinitionNode) {
        guard !operation.variableDefinitions.isEmpty else { return }
        let uses = context.variableUses(of: operation)
        let ordinals = operation.variableDefinitions.map { context.ordinal(ofVariable: $0.variable.name.value) }
        var isUsed = Array(repeating: false, count: context.variableCount)
        for uses in uses {
            for usage in uses.distinct { isUsed[usage.ordinal] = true }
        }
        for (definition, ordinal) in zip(operation.variableDefinitions, ordinals) where !isUsed[ordinal] {
            let name = definition.variable.name.value
            let suffix = operation.name.map { " in operation \"\($0.value)\"" } ?? ""
            context.report("Variable \"$\(name)\" is never used\(suffix).", at: definition.range)
        }
    }
}
