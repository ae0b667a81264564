/// Fragments that are spread exist.
///
/// https://spec.graphql.org/September2025/#sec-Fragment-Spread-Target-Defined
final class KnownFragmentNames: ValidationRule {
    static let entered: NodeKinds = .fragmentSpread

    private let context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(fragmentSpread: FragmentSpreadNode) -> VisitAction {
        let name = fragmentSpread.name
        if context.fragment(named: name.value) == nil {
            context.report("Unknown fragment \"\(name.value)\".", at: name.range)
        }
        return .proceed
    }
}
