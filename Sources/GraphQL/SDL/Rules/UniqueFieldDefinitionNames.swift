/// Unique field definition names: a type, including its extensions, has no two fields with the same name.
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
        let names = node.members.fields.map(\.name) + node.members.inputFields.map(\.name)
        guard !names.isEmpty else { return .skip }
        let extended = context.extendedSchema?[node.name.value]
        var known = defined.removeValue(forKey: node.name.value) ?? [:]
        for name in names {
            if let extended, extended.fields[name.value] != nil || extended.inputFields[name.value] != nil {
                context.report(
                    "Field \"\(node.name.value).\(name.value)\" already exists in the schema. "
                        + "It cannot also be defined in this type extension.",
                    at: name.range
                )
            } else if let first = known[name.value] {
                context.report(
                    "Field \"\(node.name.value).\(name.value)\" can only be defined once.",
                    at: first,
                    name.range
                )
            } else {
                known[name.value] = name.range
            }
        }
        defined[node.name.value] = known
        return .skip
    }
}
