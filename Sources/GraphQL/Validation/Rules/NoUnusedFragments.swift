/// Some operation spreads each fragment, directly or through others.
///
/// https://spec.graphql.org/September2025/#sec-Fragments-Must-Be-Used
final class NoUnusedFragments: ValidationRule {
    static let entered: NodeKinds = []
    static let left: NodeKinds = .document

    private let context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    func leave(document: Document) {
        guard document.definitions.contains(where: { if case .fragment = $0 { true } else { false } }) else { return }
        var used: Set<String> = []
        var pending: [SelectionSetNode] = []
        for case .operation(let operation) in document.definitions { pending.append(operation.selectionSet) }
        while let next = pending.popLast() {
            for spread in next.fragmentSpreads where used.insert(spread.name.value).inserted {
                if let fragment = context.fragment(named: spread.name.value) { pending.append(fragment.selectionSet) }
            }
        }
        for case .fragment(let fragment) in document.definitions where !used.contains(fragment.name.value) {
            context.report("Fragment \"\(fragment.name.value)\" is never used.", at: fragment.range)
        }
    }
}
