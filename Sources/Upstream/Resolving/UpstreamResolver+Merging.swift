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
        let order = MergeOrder(request: request, collection: fetcher.collection, conventions: table.conventions)
        let targets = workspaces.compactMap { workspace -> CollectionTarget? in
            let path = fetcher.collection.template.expand(
                arguments: request.arguments,
                parent: .empty,
                node: 0
            )
            return path.map { CollectionTarget(workspace: workspace, path: $0) }
        }
        let results = await MergedCollectionFetcher(fetcher: fetcher, order: order, wantsTotal: presentation.wantsTotal)
            .rows(of: targets)
        var parts: [WorkspaceRows] = []
        for (target, result) in zip(targets, results) {
            switch result {
            case .success(let rows):
                parts.append(WorkspaceRows(slug: session.broker.workspaces[target.workspace].slug, rows: rows))
            case .failure(let failure):
                resolution.partialFailures.append(failure)
            }
        }
        guard !parts.isEmpty, let first = workspaces.first else {
            let failure = resolution.partialFailures.popLast() ?? .gatewayFailed
            resolution.failures.append(failure)
            return .failed(resolution.failures.count - 1)
        }
        var merged = order.merge(parts, paging: fetcher.paging)
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
}
