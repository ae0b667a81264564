/// All field nodes of one response key in a selection set.
// PERF: most keys have one node, which needs no array.
struct FieldGroup: Sendable {
    let first: FieldNode
    private(set) var others: [FieldNode] = []
    /// Set if it is a deferred fragment, whose selection set the only node has.
    private(set) var deferral: IncrementalDirectives.Deferral?

    init(_ first: FieldNode) {
        self.first = first
    }

    /// Makes the group of a deferred fragment.
    init(_ deferral: IncrementalDirectives.Deferral, _ selectionSet: SelectionSetNode, _ range: SourceRange) {
        let name = NameNode(value: Self.nameOfFragment, range: range)
        first = FieldNode(
            alias: nil,
            name: name,
            arguments: [],
            directives: [],
            selectionSet: selectionSet,
            range: range
        )
        self.deferral = deferral
    }

    /// The name of a deferred fragment's field; no real field has it.
    private static let nameOfFragment = "@"

    var responseKey: String { first.responseKey.value }

    /// Whether nothing is selected on the field's value.
    var isLeaf: Bool { first.selectionSet == nil }

    /// All of them.
    var nodes: [FieldNode] { [first] + others }

    /// Adds a field of the same response key.
    mutating func append(_ field: FieldNode) { others.append(field) }
}
