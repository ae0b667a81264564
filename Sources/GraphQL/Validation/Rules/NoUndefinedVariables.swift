/// An operation defines the variables that it and its fragments use.
///
/// https://spec.graphql.org/September2025/#sec-All-Variable-Uses-Defined
final class NoUndefinedVariables: ValidationRule {
    static let entered: NodeKinds = []
    static let left: NodeKinds = .operationDefinition

    private let context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    func leave(operation: OperationDefinitionNode) {
        let uses = context.variableUses(of: operation)
        guard !uses.isEmpty else { return }
        let ordinals = operation.variableDefinitions.map { context.ordinal(ofVariable: $0.variable.name.value) }
        var isDefined = Array(repeating: false, count: context.variableCount)
        for ordinal in ordinals { isDefined[ordinal] = true }
        for uses in uses where !uses.distinct.allSatisfy({ isDefined[$0.ordinal] }) {
            for usage in uses.all where !isDefined[usage.ordinal] && !context.isAborted { report(usage, operation) }
        }
    }

    private func report(_ usage: VariableUsage, _ operation: OperationDefinitionNode) {
        let suffix = operation.name.map { " by operation \"\($0.value)\"" } ?? ""
        context.report(
            "Variable \"$\(usage.node.name.value)\" is not defined\(suffix).",
            at: usage.node.range,
            operation.range
        )
    }
}
