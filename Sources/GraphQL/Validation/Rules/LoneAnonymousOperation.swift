/// An anonymous operation is the only operation of its document.
///
/// https://spec.graphql.org/September2025/#sec-Lone-Anonymous-Operation
final class LoneAnonymousOperation: ValidationRule {
    static let entered: NodeKinds = .operationDefinition

    private let context: ValidationContext
    private let isAlone: Bool

    init(_ context: ValidationContext) {
        self.context = context
        var count = 0
        for case .operation in context.document.definitions { count += 1 }
        isAlone = count <= 1
    }

    func enter(operation: OperationDefinitionNode) -> VisitAction {
        if operation.name == nil, !isAlone {
            context.report("This anonymous operation must be the only defined operation.", at: operation.range)
        }
        return .skip
    }
}
