import GraphQL

/// Every operation has a name, so that logs and metrics can group requests by it.
final class NamedOperations: ValidationRule {
    static let entered: NodeKinds = .operationDefinition

    private let context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(operation: OperationDefinitionNode) -> VisitAction {
        if operation.name == nil { context.report("An operation needs a name.", at: operation.range) }
        return .skip
    }
}
