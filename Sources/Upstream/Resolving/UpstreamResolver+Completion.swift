internal import GraphQL
internal import JSON

extension UpstreamResolver {
    /// Completes rows that lack a member which is read with single objects, where these have it.
    ///
    /// - Returns: the rows whose objects could not be had, which stay as they are.
    func complete(
        _ results: inout [RowsResult],
        _ targets: [CollectionTarget],
        _ presentation: CollectionPresentation,
        _ collection: Collection
    ) async -> [IncompleteObject] {
        var incomplete: [IncompleteObject] = []
        for (workspace, indices) in Dictionary(grouping: targets.indices, by: { targets[$0].workspace }) {
            var parts: [(index: Int, rows: CollectionRows)] = []
            for index in indices {
                if case .success(let rows) = results[index] { parts.append((index, rows)) }
            }
            var all = parts.flatMap(\.rows.rows)
            incomplete += await complete(&all, in: workspace, presentation, collection)
            var completed = all[...]
            for (index, rows) in parts {
                var rows = rows
                rows.rows = Array(completed.prefix(rows.rows.count))
                completed = completed.dropFirst(rows.rows.count)
                results[index] = .success(rows)
            }
        }
        return incomplete
    }

    /// Puts single objects in the place of those rows of a workspace that lack a member which is read.
    ///
    /// - Returns: the rows whose objects could not be had, which stay as they are.
    func complete(
        _ rows: inout [CollectionRows.Row],
        in workspace: Int,
        _ presentation: CollectionPresentation,
        _ collection: Collection
    ) async -> [IncompleteObject] {
        guard let entity = collection.entity, !presentation.rowMembers.isEmpty else { return [] }
        let completion = ObjectCompletion(
            session: session,
            entity: entity,
            workspace: workspace,
            policy: presentation.policy
        )
        var search = PartialRows(
            members: presentation.rowMembers,
            source: .collection(path: collection.template.template.text.literalPath)
        )
        for (position, row) in rows.enumerated() where row.document.origin == workspace {
            search.add(row, at: position, of: entity, completion)
        }
        guard !search.objects.isEmpty else { return [] }
        let completions = await completion.complete(search.objects)
        var incomplete: [IncompleteObject] = []
        for (position, ordinal, partial) in search.positions {
            switch completions[ordinal] {
            case .complete(let document, let node):
                rows[position].document = document
                rows[position].node = node
            case .deleted, .gone: incomplete.append(partial.incomplete(.deletedRow))
            case .failed(let failure): incomplete.append(partial.incomplete(.incompleteRow(failure)))
            }
        }
        return incomplete
    }
}

/// The rows of a collection that lack a member which is read, each object once.
private struct PartialRows {
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

extension FieldFailure {
    /// A list shows an object that is there no more.
    fileprivate static let deletedRow = FieldFailure(
        .notFound,
        "The list shows only a part of the object, which has been deleted since."
    )

    /// A list shows a part of an object, and the object cannot be read.
    fileprivate static func incompleteRow(_ reason: FieldFailure) -> FieldFailure {
        var failure = reason
        failure.message = "The list shows only a part of the object, which cannot be read: \(reason.message)"
        return failure
    }
}
