/// Unique field definition names: a type, its extensions included, has no two fields of the same name.
///
/// https://spec.graphql.org/September2025/#sec-Objects.Type-Validation
final class UniqueFieldDefinitionNames: ValidationRule {
    static let entered: NodeKinds = .typeDefinition

    private let context: ValidationContext
    private var defined: [String: [String: SourceRange]] = [:]

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(type node: TypeDefinitionNode) -> VisitAction {
        for field in node.members.fields { check(field.name, in: node) }
        for field in node.members.inputFields { check(field.name, in: node) }
        return .skip
    }

    private func check(_ node: NameNode, in type: TypeDefinitionNode) {
        let coordinate = "\(type.name.value).\(node.value)"
        if let extended = context.extendedSchema?[type.name.value],
            extended.fields[node.value] != nil || extended.inputFields[node.value] != nil
        {
            context.report(
                "Field \"\(coordinate)\" already exists in the schema. "
                    + "It cannot also be defined in this type extension.",
                at: node.range
            )
        } else if let first = defined[type.name.value]?[node.value] {
            context.report("Field \"\(coordinate)\" can only be defined once.", at: first, node.range)
        } else {
            defined[type.name.value, default: [:]][node.value] = node.range
        }
    }
}
