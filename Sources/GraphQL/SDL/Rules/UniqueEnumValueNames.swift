/// Unique enum value names: an enum, including its extensions, has no two values with the same name.
///
/// https://spec.graphql.org/September2025/#sec-Enums.Type-Validation
final class UniqueEnumValueNames: ValidationRule {
    static let entered: NodeKinds = .typeDefinition

    private let context: ValidationContext
    private var defined: [String: [String: SourceRange]] = [:]

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(type node: TypeDefinitionNode) -> VisitAction {
        guard node.kind == .enumeration else { return .skip }
        let typeName = node.name.value
        let extended = context.extendedSchema?[typeName]
        var known = defined.removeValue(forKey: typeName) ?? [:]
        for value in node.members.values {
            let name = value.name.value
            if extended?.values[name] != nil {
                context.report(
                    "Enum value \"\(typeName).\(name)\" already exists in the schema. "
                        + "It cannot also be defined in this type extension.",
                    at: value.name.range
                )
            } else if let first = known[name] {
                context.report(
                    "Enum value \"\(typeName).\(name)\" can only be defined once.",
                    at: first,
                    value.name.range
                )
            } else {
                known[name] = value.name.range
            }
        }
        defined[typeName] = known
        return .skip
    }
}
