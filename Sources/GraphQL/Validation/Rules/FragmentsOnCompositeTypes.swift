/// The type condition of a fragment is an object, interface or union type.
///
/// https://spec.graphql.org/September2025/#sec-Fragments-on-Object-Interface-or-Union-Types
final class FragmentsOnCompositeTypes: ValidationRule {
    static let entered: NodeKinds = [.inlineFragment, .fragmentDefinition]

    private let context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(inlineFragment: InlineFragmentNode) -> VisitAction {
        if let condition = inlineFragment.typeCondition, isUnfit(condition) {
            context.report(
                "Fragment cannot condition on non composite type \"\(condition.name.value)\".",
                at: condition.range
            )
        }
        return .proceed
    }

    func enter(fragment: FragmentDefinitionNode) -> VisitAction {
        let condition = fragment.typeCondition
        if isUnfit(condition) {
            context.report(
                "Fragment \"\(fragment.name.value)\" cannot condition on non composite type \"\(condition.name.value)\".",
                at: condition.range
            )
        }
        return .proceed
    }

    private func isUnfit(_ condition: NamedTypeNode) -> Bool {
        context.schema[condition.name.value].map { !$0.isComposite } ?? false
    }
}
