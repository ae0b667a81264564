package import GraphQL

/// The documents of several files: files are combined where one spreads a fragment that another defines.
///
/// Each of them is checked by itself: files that have nothing to do with each other may use the same names.
package struct DocumentFiles {
    /// The documents, in the order of their first files.
    package let sources: [Source]

    /// Combines files.
    package init(_ files: [(name: String, text: [UInt8])]) {
        let spreads = files.map { FragmentNames(Source($0.text, name: $0.name)) }
        var definers: [String: [Int]] = [:]
        for (index, names) in spreads.enumerated() {
            for name in names.defined { definers[name, default: []].append(index) }
        }
        var groups = DisjointGroups(count: files.count)
        for (index, names) in spreads.enumerated() {
            for name in names.spread.subtracting(names.defined) {
                for definer in definers[name] ?? [] { groups.join(index, definer) }
            }
        }
        sources = groups.members.map { members in Source(files: members.map { files[$0] }) }
    }
}

/// The fragments that a file defines and spreads; none if its syntax is wrong.
private struct FragmentNames {
    var defined: Set<String> = []
    var spread: Set<String> = []

    init(_ source: Source) {
        guard let document = try? Document(parsing: source, limits: .unlimited) else { return }
        for definition in document.definitions {
            switch definition {
            case .operation(let operation): collect(operation.selectionSet)
            case .fragment(let fragment):
                defined.insert(fragment.name.value)
                collect(fragment.selectionSet)
            case .schema, .type, .directive: break
            }
        }
    }

    private mutating func collect(_ selectionSet: SelectionSetNode) {
        for selection in selectionSet.selections {
            switch selection {
            case .field(let field):
                if let inner = field.selectionSet { collect(inner) }
            case .inlineFragment(let fragment): collect(fragment.selectionSet)
            case .fragmentSpread(let node): spread.insert(node.name.value)
            }
        }
    }
}

/// A union-find structure over the numbers from 0.
private struct DisjointGroups {
    /// The group of each number, named by its smallest member.
    private var representatives: [Int]

    init(count: Int) {
        representatives = Array(0..<count)
    }

    mutating func join(_ one: Int, _ other: Int) {
        let (first, second) = (representative(of: one), representative(of: other))
        representatives[max(first, second)] = min(first, second)
    }

    private mutating func representative(of number: Int) -> Int {
        var number = number
        while representatives[number] != number {
            representatives[number] = representatives[representatives[number]]
            number = representatives[number]
        }
        return number
    }

    /// The members of each group in order, the groups in order of their first members.
    var members: [[Int]] {
        var copy = self
        var groups: [Int: [Int]] = [:]
        for number in representatives.indices { groups[copy.representative(of: number), default: []].append(number) }
        return groups.values.sorted { $0[0] < $1[0] }
    }
}
