/// All field nodes of one response key in a selection set.
// PERF: most keys have one node, which needs no array.
struct FieldGroup: Sendable {
    let first: FieldNode
    private(set) var others: [FieldNode] = []

    init(_ first: FieldNode) {
        self.first = first
    }

    var responseKey: String { first.responseKey.value }

    /// Adds a field of the same response key.
    mutating func append(_ field: FieldNode) { others.append(field) }
}
