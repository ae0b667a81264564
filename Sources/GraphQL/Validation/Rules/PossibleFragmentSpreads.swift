/// A fragment is spread only where some object can be of both types.
///
/// https://spec.graphql.org/September2025/#sec-Fragment-Spread-Is-Possible
final class PossibleFragmentSpreads: ValidationRule {
    static let entered: NodeKinds = [.inlineFragment, .fragmentSpread]

    private let context: ValidationContext
    /// The results of compared pairs of types, as a comparison takes longer the more types the schema has.
    private var known: [TypePair: Bool] = [:]

    private struct TypePair: Hashable {
        let first: TypeID
        let second: TypeID
    }

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(inlineFragment: InlineFragmentNode) -> VisitAction {
        if let (parent, type) = disjointTypes(context.typeInfo.type) {
            context.report(
                "Fragment cannot be spread here as objects of type \"\(parent.name)\""
                    + " can never be of type \"\(type.name)\".",
                at: inlineFragment.range
            )
        }
        return .proceed
    }

    func enter(fragmentSpread: FragmentSpreadNode) -> VisitAction {
        let name = fragmentSpread.name.value
        let condition = context.fragment(named: name)?.typeCondition.name.value
        if let (parent, type) = disjointTypes(condition.flatMap { context.schema[$0] }) {
            context.report(
                "Fragment \"\(name)\" cannot be spread here as objects of type \"\(parent.name)\""
                    + " can never be of type \"\(type.name)\".",
                at: fragmentSpread.range
            )
        }
        return .proceed
    }

    /// The type that selections are made from and the fragment's, if no object can be of both.
    private func disjointTypes(_ type: NamedType?) -> (parent: NamedType, fragment: NamedType)? {
        guard let type, type.isComposite, let parent = context.typeInfo.parentType else { return nil }
        return overlap(type, parent) ? nil : (parent, type)
    }

    private func overlap(_ a: NamedType, _ b: NamedType) -> Bool {
        if a.id == b.id { return true }
        let pair = TypePair(first: a.id, second: b.id)
        if let known = known[pair] { return known }
        let result = compare(a, b)
        known[pair] = result
        return result
    }

    private func compare(_ a: NamedType, _ b: NamedType) -> Bool {
        let schema = context.schema
        switch (a.isAbstract, b.isAbstract) {
        case (true, true): return schema.possibleTypes(of: a.id).contains { schema.isSubtype($0, of: b.id) }
        case (true, false): return schema.isSubtype(b.id, of: a.id)
        case (false, true): return schema.isSubtype(a.id, of: b.id)
        case (false, false): return false
        }
    }
}
