internal import GraphQL
internal import JSON

/// The rows of a collection that lack a member which is read, each object once.
struct PartialRows {
    let members: [JSONKey]
    let source: MemberKnowledge.Representation.Source
    private(set) var objects: [PartialObject] = []
    /// Where partial rows stand, which of the objects they show, and what of it.
    private(set) var positions: [(row: Int, object: Int, partial: PartialObject)] = []
    private var ordinals: [ExactString: Int] = [:]
    private var hints: [Int]
    private var shown = ShownMembers()

    init(members: [JSONKey], source: MemberKnowledge.Representation.Source) {
        self.members = members
        self.source = source
        hints = Array(repeating: 0, count: members.count)
    }

    /// Adds a row if it lacks a member that is not known to be null.
    mutating func add(_ row: CollectionRows.Row, at position: Int, of entity: Entity, _ completion: ObjectCompletion) {
        // PERF: nearly all rows have all members, and are looked at no further.
        var lacking: [JSONKey] = []
        for (index, member) in members.enumerated()
        where row.document.json.member(member.digest, of: row.node, hint: &hints[index]) == nil {
            lacking.append(member)
        }
        guard !lacking.isEmpty, let key = entity.key(of: row.node, in: row.document) else { return }
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
