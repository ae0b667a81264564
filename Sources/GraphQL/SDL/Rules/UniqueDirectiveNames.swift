/// Unique directive names: no two directives have the same name.
///
/// https://spec.graphql.org/September2025/#sec-Schema
final class UniqueDirectiveNames: ValidationRule {
    static let entered: NodeKinds = .directiveDefinition

    private let context: ValidationContext
    private let existing: Set<String>
    private var defined: [String: SourceRange] = [:]

    init(_ context: ValidationContext) {
        self.context = context
        existing = Set(context.schema.preludeDirectives.names).union(context.extendedSchema?.directives.names ?? [])
    }

    func enter(directiveDefinition node: DirectiveDefinitionNode) -> VisitAction {
        let name = node.name.value
        if existing.contains(name) {
            context.report(
                "Directive \"@\(name)\" already exists in the schema. It cannot be redefined.",
                at: node.name.range
            )
        } else if let first = defined[name] {
            context.report("There can be only one directive named \"@\(name)\".", at: first, node.name.range)
        } else {
            defined[name] = node.name.range
        }
        return .skip
    }
}
