/// Unique operation types: a schema has at most one root type for each operation type.
///
/// https://spec.graphql.org/September2025/#sec-Root-Operation-Types
final class UniqueOperationTypes: ValidationRule {
    static let entered: NodeKinds = .schemaDefinition

    private let context: ValidationContext
    private var defined: [OperationType: SourceRange] = [:]

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(schema node: SchemaDefinitionNode) -> VisitAction {
        for type in node.operationTypes {
            let operation = type.operation
            if context.extendedSchema?.rootType(of: operation) != nil {
                context.report(
                    "Type for \(operation.rawValue) already defined in the schema. It cannot be redefined.",
                    at: type.range
                )
            } else if let first = defined[operation] {
                context.report("There can be only one \(operation.rawValue) type in schema.", at: first, type.range)
            } else {
                defined[operation] = type.range
            }
        }
        return .skip
    }
}
