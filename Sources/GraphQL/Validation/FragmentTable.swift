/// The fragments of a document with their spreads, for rules that follow spreads.
struct FragmentTable {
    /// The fragments, one for each name: of several with one name, the last.
    let nodes: [FragmentDefinitionNode]
    private let ordinals: [String: Int]
    /// The fragments that a fragment spreads directly, by its index; nil: not computed yet.
    private var spread: [[Int]?]
    /// The number of the last search that visited each fragment, by its index.
    private var visits: [Int]
    private var searches = 0

    init(_ document: Document) {
        var nodes: [FragmentDefinitionNode] = []
        var ordinals: [String: Int] = [:]
        for case .fragment(let node) in document.definitions {
            if let known = ordinals[node.name.value] {
                nodes[known] = node
            } else {
                ordinals[node.name.value] = nodes.count
                nodes.append(node)
            }
        }
        self.nodes = nodes
        self.ordinals = ordinals
        spread = Array(repeating: nil, count: nodes.count)
        visits = Array(repeating: 0, count: nodes.count)
    }

    /// The index of the fragment with a name.
    func ordinal(of name: String) -> Int? { ordinals[name] }

    /// Fragments and those that they spread, directly or through others, each once and in graphql-js's order.
    mutating func reachable(from roots: [Int]) -> [Int] {
        searches += 1
        var found: [Int] = []
        var pending = [roots]
        while let next = pending.popLast() {
            for ordinal in next where visits[ordinal] != searches {
                visits[ordinal] = searches
                found.append(ordinal)
                pending.append(fragments(spreadBy: ordinal))
            }
        }
        return found
    }

    private mutating func fragments(spreadBy ordinal: Int) -> [Int] {
        if let known = spread[ordinal] { return known }
        let found = fragments(spreadIn: nodes[ordinal].selectionSet)
        spread[ordinal] = found
        return found
    }

    /// The fragments that a selection set spreads itself.
    func fragments(spreadIn selectionSet: SelectionSetNode) -> [Int] {
        nodes.isEmpty ? [] : selectionSet.fragmentSpreads.compactMap { ordinals[$0.name.value] }
    }
}

extension SelectionSetNode {
    /// The fragment spreads inside, those in nested sets included, in graphql-js's order: its own first, then those of
    /// the nested sets from the last to the first.
    package var fragmentSpreads: [FragmentSpreadNode] {
        var spreads: [FragmentSpreadNode] = []
        var pending = [self]
        while let next = pending.popLast() {
            for selection in next.selections {
                switch selection {
                case .fragmentSpread(let spread): spreads.append(spread)
                case .field(let field): if let inner = field.selectionSet { pending.append(inner) }
                case .inlineFragment(let fragment): pending.append(fragment.selectionSet)
                }
            }
        }
        return spreads
    }
}
