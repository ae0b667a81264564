/// Unique type names: no two types have the same name.
///
/// https://spec.graphql.org/September2025/#sec-Schema
final class UniqueTypeNames: ValidationRule {
    static let entered: NodeKinds = .typeDefinition

    private let context: ValidationContext
    private var defined: [String: SourceRange] = [:]

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(type node: TypeDefinitionNode) -> VisitAction {
        if node.isExtension { return .skip }
        let name = node.name.value
        if context.extendedSchema?[name] != nil {
            context.report(
                "Type \"\(name)\" already exists in the schema. It cannot also be defined in this type definition.",
                at: node.name.range
            )
        } else if let first = defined[name] {
            context.report("There can be only one type named \"\(name)\".", at: first, node.name.range)
        } else {
            defined[name] = node.name.range
        }
        return .skip
    }
}
