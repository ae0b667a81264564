internal import GraphQL
internal import JSON

/// The rows of a collection that lack a selected member, each object once.
struct PartialRows {
    let members: ReadMembers
    let source: MemberKnowledge.Representation.Source
    private(set) var objects: [PartialObject] = []
    /// The position of each partial row, the index of its object in `objects`, and its representation.
    private(set) var positions: [(row: Int, object: Int, partial: PartialObject)] = []
    private var ordinals: [ExactString: Int] = [:]
    private var hints: [Int]
    private var shown: ShownMembers

    /// Makes an empty set; rows of other types, which lack the type's mark, give no evidence about members.
    init(members: ReadMembers, source: MemberKnowledge.Representation.Source, mark: TypeMark? = nil) {
        self.members = members
        self.source = source
        hints = []
        shown = ShownMembers(mark)
    }

    /// Adds a row if it lacks a member that is not known to be null.
    mutating func add(_ row: CollectionRows.Row, at position: Int, of entity: Entity, _ completion: ObjectCompletion) {
        // PERF: nearly all rows have all members and need no further check.
        guard !members.areShown(in: row.document.json, at: row.node, &hints),
            let key = entity.key(of: row.node, in: row.document)
        else { return }
        let lacking = members.lacking(in: row.document, at: row.node)
        let missing = completion.missing(lacking, in: row.document, at: row.node, key: key, source, &shown)
        guard !missing.isEmpty else { return }
        let partial = PartialObject(
            key: key,
            isKeyAsserted: true,
            document: row.document,
            node: row.node,
            missing: missing,
            source: source
        )
        let name = ExactString(key)
        let ordinal = ordinals[name] ?? objects.count
        if ordinal == objects.count {
            ordinals[name] = ordinal
            objects.append(partial)
        }
        positions.append((position, ordinal, partial))
    }
}
