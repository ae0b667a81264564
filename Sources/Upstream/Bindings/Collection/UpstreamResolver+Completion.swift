internal import GraphQL
internal import JSON

extension UpstreamResolver {
    /// Completes rows that lack a selected member with single objects, where these have it.
    ///
    /// - Returns: the rows whose objects could not be fetched, which stay incomplete.
    func complete(
        _ results: inout [RowsResult],
        _ targets: [CollectionTarget],
        _ presentation: CollectionPresentation,
        _ collection: CollectionBinding
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

    /// Replaces the rows of a workspace that lack a selected member with single objects.
    ///
    /// - Returns: the rows whose objects could not be fetched, which stay incomplete.
    func complete(
        _ rows: inout [CollectionRows.Row],
        in workspace: Int,
        _ presentation: CollectionPresentation,
        _ collection: CollectionBinding
    ) async -> [IncompleteObject] {
        var incomplete: [IncompleteObject] = []
        for (type, members) in presentation.rowMembers where !members.isEmpty {
            incomplete += await complete(&rows, of: type, members, in: workspace, presentation, collection)
        }
        return incomplete
    }

    private func complete(
        _ rows: inout [CollectionRows.Row],
        of type: RowType,
        _ members: ReadMembers,
        in workspace: Int,
        _ presentation: CollectionPresentation,
        _ collection: CollectionBinding
    ) async -> [IncompleteObject] {
        let entity = type.entity
        let completion = ObjectCompletion(
            session: session,
            entity: entity,
            workspace: workspace,
            policy: presentation.policy
        )
        var search = PartialRows(
            members: members,
            source: .collection(path: collection.template.template.text.literalPath),
            mark: type.mark
        )
        for (position, row) in rows.enumerated()
        where row.document.origin == workspace && type.isOf(row.node, row.document.json) {
            search.add(row, at: position, of: entity, completion)
        }
        guard !search.objects.isEmpty else { return [] }
        let completions = await completion.complete(search.objects)
        var incomplete: [IncompleteObject] = []
        for (position, ordinal, partial) in search.positions {
            switch completions[ordinal] {
            case .complete(let document, let node):
                guard let mark = type.mark, !mark.isOn(node, of: document.json) else {
                    rows[position].complete(with: document, at: node)
                    continue
                }
                guard mark.isMissing(on: node, of: document.json) else {
                    incomplete += partial.incomplete(.incompleteRow(.otherObject))
                    continue
                }
                rows[position].complete(with: mark.marked(node, of: document), at: 0)
            case .deleted, .gone: incomplete += partial.incomplete(.deletedRow)
            case .failed(let failure): incomplete += partial.incomplete(.incompleteRow(failure))
            }
        }
        return incomplete
    }
}

extension FieldFailure {
    /// The failure of a row whose object does not exist any more.
    fileprivate static let deletedRow = FieldFailure(
        .notFound,
        "The list shows only a part of the object, which has been deleted since."
    )

    /// The failure of an incomplete row whose object cannot be fetched.
    fileprivate static func incompleteRow(_ reason: FieldFailure) -> FieldFailure {
        var failure = reason
        failure.message = "The list shows only a part of the object, which cannot be read: \(reason.message)"
        return failure
    }
}
