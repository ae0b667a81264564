/// Unique argument definition names: a field or directive has no two arguments with the same name.
///
/// https://spec.graphql.org/September2025/#sec-Objects.Type-Validation
final class UniqueArgumentDefinitionNames: ValidationRule {
    static let entered: NodeKinds = [.typeDefinition, .directiveDefinition]

    private let context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(directiveDefinition node: DirectiveDefinitionNode) -> VisitAction {
        check(node.arguments, of: "@\(node.name.value)")
        return .skip
    }

    func enter(type node: TypeDefinitionNode) -> VisitAction {
        for field in node.members.fields { check(field.arguments, of: "\(node.name.value).\(field.name.value)") }
        return .skip
    }

    private func check(_ arguments: [InputValueDefinitionNode], of coordinate: @autoclosure () -> String) {
        guard arguments.count > 1 else { return }
        for nodes in arguments.map(\.name).repeated {
            context.report(
                "Argument \"\(coordinate())(\(nodes[0].value):)\" can only be defined once.",
                at: nodes.map(\.range)
            )
        }
    }
}
