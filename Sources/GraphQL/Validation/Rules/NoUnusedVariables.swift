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
        var isUsed = Array(repeating: false, count: context.variableCount)
        for usage in context.variableUsages(of: operation) { isUsed[usage.ordinal] = true }
        for definition in operation.variableDefinitions {
            let name = definition.variable.name.value
            let ordinal = context.ordinal(ofVariable: name)
            if ordinal < isUsed.count, isUsed[ordinal] { continue }
            let suffix = operation.name.map { " in operation \"\($0.value)\"" } ?? ""
            context.report("Variable \"$\(name)\" is never used\(suffix).", at: definition.range)
        }
    }
}
