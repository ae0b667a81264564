/// A directive is applied at most once at a location, unless it is repeatable.
///
/// https://spec.graphql.org/September2025/#sec-Directives-Are-Unique-per-Location
final class UniqueDirectivesPerLocation: ValidationRule {
    static let entered: NodeKinds = .withDirectives

    private let context: ValidationContext
    private lazy var directives = DirectiveLookup(context)
    /// The directives of the schema: its definition and its extensions are one location.
    private var onSchema: [String: SourceRange] = [:]
    /// The directives of a type: its definition and its extensions are one location.
    private var onTypes: [String: [String: SourceRange]] = [:]

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(operation: OperationDefinitionNode) -> VisitAction { check(operation.directives) }
    func enter(variableDefinition: VariableDefinitionNode) -> VisitAction { check(variableDefinition.directives) }
    func enter(field: FieldNode) -> VisitAction { check(field.directives) }
    func enter(fragmentSpread: FragmentSpreadNode) -> VisitAction { check(fragmentSpread.directives) }
    func enter(inlineFragment: InlineFragmentNode) -> VisitAction { check(inlineFragment.directives) }
    func enter(fragment: FragmentDefinitionNode) -> VisitAction { check(fragment.directives) }
    func enter(fieldDefinition: FieldDefinitionNode) -> VisitAction { check(fieldDefinition.directives) }
    func enter(inputValue: InputValueDefinitionNode) -> VisitAction { check(inputValue.directives) }
    func enter(enumValue: EnumValueDefinitionNode) -> VisitAction { check(enumValue.directives) }

    func enter(schema: SchemaDefinitionNode) -> VisitAction {
        check(schema.directives, seen: &onSchema)
        return .proceed
    }

    func enter(type: TypeDefinitionNode) -> VisitAction {
        if !type.directives.isEmpty { check(type.directives, seen: &onTypes[type.name.value, default: [:]]) }
        return .proceed
    }

    private func check(_ directives: [DirectiveNode]) -> VisitAction {
        if directives.count > 1 {
            var seen: [String: SourceRange] = [:]
            check(directives, seen: &seen)
        }
        return .proceed
    }

    private func check(_ nodes: [DirectiveNode], seen: inout [String: SourceRange]) {
        for node in nodes {
            let name = node.name.value
            guard let known = directives[name], !known.isRepeatable else { continue }
            if let first = seen[name] {
                context.report(
                    "The directive \"@\(name)\" can only be used once at this location.",
                    at: first,
                    node.range
                )
            } else {
                seen[name] = node.range
            }
        }
    }
}
