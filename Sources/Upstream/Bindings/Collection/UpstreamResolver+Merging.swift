internal import GraphQL
internal import JSON

extension UpstreamResolver {
    /// Fetches a collection of several workspaces and merges their rows in sort order.
    ///
    /// If a workspace fails, its rows are missing and an error names it; the field fails only if all workspaces do.
    func resolveMerged(
        _ fetcher: CollectionFetcher,
        _ request: FieldRequest,
        _ workspaces: [Int],
        _ presentation: CollectionPresentation,
        into resolution: inout Resolution
    ) async -> Resolution.Value {
        let order = MergeOrder(order: presentation.options.order)
        let path = fetcher.collection.template.expand(arguments: request.arguments, parent: .empty, node: 0)
        let targets = path.map { path in workspaces.map { CollectionTarget(workspace: $0, path: path) } } ?? []
        let results = await MergedCollectionFetcher(
            fetcher: fetcher,
            order: order,
            wantsTotal: presentation.options.needs.total
        )
        .rows(of: targets)
        let parts = zip(targets, results).compactMap { target, result -> WorkspaceRows? in
            let slug = session.slug(of: target.workspace)
            switch result {
            case .success(let rows): return WorkspaceRows(slug: slug, rows: rows)
            case .failure(let failure):
                resolution.partialFailures.append(failure.of(workspace: slug))
                return nil
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
        // Without the rows of a workspace, the total is unknown.
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

    /// The reason why rows of several workspaces cannot be merged; nil: they can.
    ///
    /// If the rows of a list are summaries that lack the member to sort by, they cannot be compared. Omitted nulls look the same: a row
    /// of the response that has the member rules out a summary, or else single objects do. The upstream has sorted the rows, so those
    /// without a value are at one end: if neither the first nor the last object has one, none has, and there is nothing to compare.
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

    /// The most objects that are read, if the first ones have been deleted.
    private static let mostObjectsRead = 3

    /// Whether the first row whose object exists has, as a single object, a value for a member that the row lacks.
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
