/// Lone schema definition: a document defines the schema once at most, and not if there is one to extend.
///
/// https://spec.graphql.org/September2025/#sec-Root-Operation-Types
final class LoneSchemaDefinition: ValidationRule {
    static let entered: NodeKinds = .schemaDefinition

    private let context: ValidationContext
    private let isExtending: Bool
    private var isDefined = false

    init(_ context: ValidationContext) {
        self.context = context
        let schema = context.extendedSchema
        isExtending =
            schema.map { schema in
                schema.definitions.contains { !$0.isExtension }
                    || OperationType.allCases.contains { schema.rootType(of: $0) != nil }
            } ?? false
    }

    func enter(schema node: SchemaDefinitionNode) -> VisitAction {
        if node.isExtension { return .skip }
        if isExtending {
            context.report("Cannot define a new schema within a schema extension.", at: node.range)
            return .skip
        }
        if isDefined { context.report("Must provide only one schema definition.", at: node.range) }
        isDefined = true
        return .skip
    }
}
