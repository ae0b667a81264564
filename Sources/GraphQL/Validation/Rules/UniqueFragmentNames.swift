/// A document has no two fragments with the same name.
///
/// https://spec.graphql.org/September2025/#sec-Fragment-Name-Uniqueness
final class UniqueFragmentNames: ValidationRule {
    static let entered: NodeKinds = .fragmentDefinition

    private let context: ValidationContext
    private var known: [String: NameNode] = [:]

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(fragment: FragmentDefinitionNode) -> VisitAction {
        let name = fragment.name
        if let first = known[name.value] {
            context.report("There can be only one fragment named \"\(name.value)\".", at: first.range, name.range)
        } else {
            known[name.value] = name
        }
        return .skip
    }
}
