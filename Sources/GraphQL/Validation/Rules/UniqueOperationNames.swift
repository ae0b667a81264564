/// A document has no two operations with the same name.
///
/// https://spec.graphql.org/September2025/#sec-Operation-Name-Uniqueness
final class UniqueOperationNames: ValidationRule {
    static let entered: NodeKinds = .operationDefinition

    private let context: ValidationContext
    private var known: [String: NameNode] = [:]

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(operation: OperationDefinitionNode) -> VisitAction {
        guard let name = operation.name else { return .skip }
        if let first = known[name.value] {
            context.report("There can be only one operation named \"\(name.value)\".", at: first.range, name.range)
        } else {
            known[name.value] = name
        }
        return .skip
    }
}
