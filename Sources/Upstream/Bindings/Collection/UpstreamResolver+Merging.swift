internal import GraphQL
internal import JSON

extension UpstreamResolver {
    /// Fetches a collection of several workspaces and merges their rows in sort order.
    ///
    /// A workspace that fails leaves out its rows and adds an error that names it; only if all fail, the field does.
    func resolveMerged(
        _ fetcher: CollectionFetcher,
        _ request: FieldRequest,
        _ workspaces: [Int],
        _ presentation: CollectionPresentation,
        into resolution: inout Resolution
    ) async -> Resolution.Value {
        let order = MergeOrder(order: presentation.options.order)
        let targets = workspaces.compactMap { workspace -> CollectionTarget? in
            let path = fetcher.collection.template.expand(
                arguments: request.arguments,
                parent: .empty,
                node: 0
            )
            return path.map { CollectionTarget(workspace: workspace, path: $0) }
        }
        let results = await MergedCollectionFetcher(
            fetcher: fetcher,
            order: order,
            wantsTotal: presentation.options.needs.total
        )
        .rows(of: targets)
        var parts: [WorkspaceRows] = []
        for (target, result) in zip(targets, results) {
            switch result {
            case .success(let rows):
                parts.append(WorkspaceRows(slug: session.slug(of: target.workspace), rows: rows))
            case .failure(let failure):
                resolution.partialFailures.append(failure.of(workspace: session.slug(of: target.workspace)))
            }
        }
        guard !parts.isEmpty, let first = workspaces.first else {
            let failure = resolution.partialFailures.popLast() ?? .gatewayFailed
            resolution.failures.append(failure)
            return .failed(resolution.failures.count - 1)
        }
        if let failure = await unsortable(parts, fetcher, by: order.order.member) {
            resolution.failures.append(failure)
            return .failed(resolution.failures.count - 1)
        }
        var merged = order.merge(parts, paging: fetcher.paging)
        // Without the rows of a workspace nobody knows how many there are.
        if parts.count < targets.count { merged.total = nil }
        for workspace in workspaces {
            resolution.incompleteObjects += await complete(
                &merged.rows,
                in: workspace,
                presentation,
                fetcher.collection
            )
        }
        return value(of: .success(merged), presentation, workspace: first, in: &resolution)
    }

    /// Why rows of several workspaces cannot be merged; nil: they can.
    ///
    /// Where the rows of a list are summaries that lack the member to sort by, they cannot be compared. That nulls are left
    /// out looks the same: another row of the response that has the member shows it, or else single objects do. The upstream
    /// has sorted the rows, and has those without a value at one end: if neither the first nor the last object has one, none
    /// has, and nothing is left to compare.
    private func unsortable(
        _ parts: [WorkspaceRows],
        _ fetcher: CollectionFetcher,
        by member: JSONKey
    ) async -> FieldFailure? {
        guard let entity = fetcher.collection.entity, parts.count(where: { !$0.rows.rows.isEmpty }) > 1 else {
            return nil
        }
        var shown = ShownMembers()
        for part in parts {
            let rows = part.rows.rows
            let lackMember = rows.allSatisfy { row in
                !shown.contains(.own(member), row.document, session.reader(of: row.document.origin))
            }
            guard lackMember else { continue }
            for end in [rows, rows.reversed()] {
                do throws(FieldFailure) {
                    guard try await hasValue(member, firstOf: end, entity, fetcher.purpose.policy) else { continue }
                } catch {
                    return error.of(workspace: part.slug)
                }
                return FieldFailure(
                    .badUserInput,
                    "Rows of several workspaces cannot be merged by `\(member.name)`, which the rows of a list lack: "
                        + "sort by another member, or ask one workspace."
                )
            }
        }
        return nil
    }

    /// How many objects are looked for if the first ones are gone.
    private static let mostObjectsRead = 3

    /// Whether the single object of the first row that has one has a value for a member which the row lacks.
    private func hasValue(
        _ member: JSONKey,
        firstOf rows: [CollectionRows.Row],
        _ entity: Entity,
        _ policy: CachePolicy
    ) async throws(FieldFailure) -> Bool {
        for row in rows.prefix(Self.mostObjectsRead) {
            guard let key = entity.key(of: row.node, in: row.document) else { continue }
            let object = PartialObject(
                key: key,
                isKeyAsserted: true,
                document: row.document,
                node: row.node,
                missing: [.own(member)],
                source: nil
            )
            let completion = ObjectCompletion(
                session: session,
                entity: entity,
                workspace: row.document.origin,
                policy: policy
            )
            switch await completion.read([object]).first {
            case .complete(let document, let node)?:
                return document.json.member(member, of: node).map { document.json.node($0).kind != .null } ?? false
            case .failed(let failure)?: throw failure
            case .deleted?, .gone?, nil: continue
            }
        }
        return false
    }
}
