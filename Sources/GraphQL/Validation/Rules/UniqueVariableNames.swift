/// An operation has no two variables with the same name.
///
/// https://spec.graphql.org/September2025/#sec-Variable-Uniqueness
final class UniqueVariableNames: ValidationRule {
    static let entered: NodeKinds = .operationDefinition

    private let context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(operation: OperationDefinitionNode) -> VisitAction {
        for names in operation.variableDefinitions.map(\.variable.name).repeated {
            context.report("There can be only one variable named \"$\(names[0].value)\".", at: names.map(\.range))
        }
        return .skip
    }
}
