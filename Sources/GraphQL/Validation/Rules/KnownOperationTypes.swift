/// The schema has the root type of each operation.
///
/// https://spec.graphql.org/September2025/#sec-Operation-Type-Existence
///
/// graphql-js 16 does not check it; the message is that of graphql-js 17.
final class KnownOperationTypes: ValidationRule {
    static let entered: NodeKinds = .operationDefinition

    private let context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(operation: OperationDefinitionNode) -> VisitAction {
        let kind = operation.operation
        if context.schema.rootType(of: kind) == nil {
            context.report("The \(kind.rawValue) operation is not supported by the schema.", at: operation.range)
        }
        return .skip
    }
}
