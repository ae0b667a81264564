internal import GraphQL
internal import JSON

extension UpstreamResolver {
    typealias RowsResult = Result<CollectionRows, FieldFailure>

    /// A field that shows a collection for each parent, with its state while the rows are fetched.
    private struct CollectionField {
        let request: FieldRequest
        let collection: CollectionBinding
        let presentation: CollectionPresentation
        let fetcher: CollectionFetcher
        /// The distinct collections.
        var targets: [CollectionTarget] = []
        /// The index in `targets` of each parent's collection; nil: the parent has none.
        var targetOfParent: [Int?] = []
        /// The workspaces whose rows are merged, for parents that have the rows of several; empty: none are.
        var mergedWorkspaces: [Int] = []
        /// The value for those parents.
        var merged: Resolution.Value?
        var resolution = Resolution()

        /// The values of all parents, if the only collection is a plain list in a cached response.
        var cachedResolution: Resolution? {
            guard targets.count == 1, let list = presentation.cachedList(of: targets[0], fetcher) else { return nil }
            var resolution = resolution
            resolution.documents.append(list.document)
            let value = Resolution.Value.found(document: resolution.documents.count - 1, node: list.node)
            resolution.values = valuesOfParents([value], merged: merged)
            return resolution
        }

        /// The values of all parents, if the field shows a plain list with a window of zero rows.
        var emptyResolution: Resolution? {
            guard presentation.isPlainList, fetcher.paging.count == 0 else { return nil }
            var resolution = resolution
            resolution.documents.append(SourceDocument(JSONDocument(.array([])), origin: -1))
            let empty = Resolution.Value.found(document: 0, node: 0)
            resolution.values = valuesOfParents(
                targets.map { _ in empty },
                merged: mergedWorkspaces.isEmpty ? merged : empty
            )
            return resolution
        }

        mutating func finish(_ values: [Resolution.Value]) {
            resolution.values = valuesOfParents(values, merged: merged)
        }

        private func valuesOfParents(_ values: [Resolution.Value], merged: Resolution.Value?) -> [Resolution.Value] {
            targetOfParent.map { $0.map { values[$0] } ?? merged ?? .null }
        }
    }

    /// Fetches the windows of collections for the parents of several fields, equal collections once.
    func resolveCollections(_ requests: [FieldRequest]) async -> [Resolution] {
        var resolutions = [Resolution](repeating: Resolution(), count: requests.count)
        var fields: [(position: Int, field: CollectionField)] = []
        for (position, request) in requests.enumerated() {
            guard let collection = table.kind(of: request.binding) as? CollectionBinding else { continue }
            do throws(FieldFailure) {
                var field = try prepare(request, collection)
                if let empty = field.emptyResolution {
                    resolutions[position] = empty
                    continue
                }
                await resolveMerged(&field)
                if let cached = field.cachedResolution {
                    resolutions[position] = cached
                } else {
                    fields.append((position, field))
                }
            } catch {
                resolutions[position] = Resolution(failure: error, parents: request.parents.count)
            }
        }
        let results = await rows(of: fields.map(\.field))
        for ((position, field), results) in zip(fields, results) {
            resolutions[position] = await resolution(of: field, results)
        }
        return resolutions
    }

    /// The value of a field whose only collection is a plain list in a cached response; nil: it has to be waited for.
    func cachedList(_ request: FieldRequest, _ collection: CollectionBinding) -> Resolution? {
        guard collection.connection == nil, table.policy(of: request.binding).isCacheable else { return nil }
        do throws(FieldFailure) {
            let field = try prepare(request, collection)
            if let empty = field.emptyResolution { return empty }
            return field.mergedWorkspaces.isEmpty ? field.cachedResolution : nil
        } catch {
            return Resolution(failure: error, parents: request.parents.count)
        }
    }

    /// Reads the rows of several workspaces for the parents that show them merged.
    private func resolveMerged(_ field: inout CollectionField) async {
        let workspaces = field.mergedWorkspaces
        guard !workspaces.isEmpty else { return }
        field.merged = await resolveMerged(
            field.fetcher,
            field.request,
            workspaces,
            field.presentation,
            into: &field.resolution
        )
    }

    private func prepare(
        _ request: FieldRequest,
        _ collection: CollectionBinding
    ) throws(FieldFailure) -> CollectionField {
        try collection.template.checkValues(request.arguments)
        let presentation = CollectionPresentation(request: request, collection: collection, table: table)
        var field = CollectionField(
            request: request,
            collection: collection,
            presentation: presentation,
            fetcher: CollectionFetcher(
                session: session,
                collection: collection,
                purpose: CallPurpose(
                    policy: table.policy(of: request.binding),
                    rowsOf: collection.entity,
                    in: collection.parameters
                ),
                paging: try paging(of: request, collection),
                options: presentation.options
            )
        )
        let workspacesAtRoot = try workspacesAtRoot(request)
        let values = collection.template.values(of: request.arguments)
        var ordinals: [CollectionTarget: Int] = [:]
        for parent in request.parents {
            let document = request.documents[Int(parent.document)]
            if document.origin < 0, workspacesAtRoot.count > 1 {
                field.mergedWorkspaces = workspacesAtRoot
                field.targetOfParent.append(nil)
                continue
            }
            guard
                let target = target(of: document, Int(parent.node), collection, values, atRoot: workspacesAtRoot.first)
            else {
                field.targetOfParent.append(nil)
                continue
            }
            if session.options.deduplication, let known = ordinals[target] {
                field.targetOfParent.append(known)
            } else {
                ordinals[target] = field.targets.count
                field.targetOfParent.append(field.targets.count)
                field.targets.append(target)
            }
        }
        return field
    }

    private func paging(
        of request: FieldRequest,
        _ collection: CollectionBinding
    ) throws(FieldFailure) -> PagingArguments {
        let (arguments, conventions) = (request.arguments, table.conventions)
        let paging = try PagingArguments(arguments, of: request.plan[request.field].definition, conventions)
        try paging.checkCursors(
            of: OrderFingerprint(collection.template, arguments: arguments, conventions: conventions)
        )
        return paging
    }

    /// The rows of each field's collections; those of one workspace are planned together.
    private func rows(of fields: [CollectionField]) async -> [[RowsResult]] {
        guard let first = fields.first else { return [] }
        let windows = fields.indices.flatMap { field in fields[field].targets.indices.map { (field, $0) } }
        let groups = Dictionary(grouping: windows) { fields[$0.0].targets[$0.1].workspace }
        var results = fields.map { [RowsResult](repeating: .failure(.gatewayFailed), count: $0.targets.count) }
        let batches = groups.map { workspace, windows in
            CollectionBatch(
                session: session,
                workspace: workspace,
                purpose: first.fetcher.purpose,
                parameters: first.collection.parameters,
                windows: windows.map { field, target in
                    CollectionBatch.Window(target: fields[field].targets[target], fetcher: fields[field].fetcher)
                }
            )
        }
        func take(_ rows: [RowsResult], of batch: CollectionBatch) {
            for ((field, target), result) in zip(groups[batch.workspace] ?? [], rows) {
                results[field][target] = result
            }
        }
        // Without a task of its own, a list is in flight before objects that wait for it are searched.
        if batches.count == 1 {
            take(await batches[0].rows(), of: batches[0])
            return results
        }
        await withTaskGroup(of: (CollectionBatch, [RowsResult]).self) { tasks in
            for batch in batches {
                tasks.addTask { (batch, await batch.rows()) }
            }
            for await (batch, rows) in tasks { take(rows, of: batch) }
        }
        return results
    }

    private func resolution(of field: CollectionField, _ results: [RowsResult]) async -> Resolution {
        var field = field
        var results = results
        let (targets, presentation) = (field.targets, field.presentation)
        field.resolution.incompleteObjects += await complete(&results, targets, presentation, field.collection)
        let values = results.enumerated().map { index, result in
            value(of: result, presentation, workspace: targets[index].workspace, in: &field.resolution)
        }
        field.finish(values)
        return field.resolution
    }

    func value(
        of result: RowsResult,
        _ presentation: CollectionPresentation,
        workspace: Int,
        in resolution: inout Resolution
    ) -> Resolution.Value {
        switch result {
        case .success(let rows):
            for problem in rows.problems where !resolution.partialFailures.contains(problem) {
                resolution.partialFailures.append(problem)
            }
            let reader = session.reader(of: workspace)
            if let whole = presentation.wholeArray(of: rows, reader: reader) {
                resolution.documents.append(whole.document)
                return .found(document: resolution.documents.count - 1, node: whole.node)
            }
            let document = presentation.present(rows, origin: workspace)
            resolution.documents.append(document)
            presentation.incompleteObject(rows, in: document).map { resolution.incompleteObjects.append($0) }
            return .found(document: resolution.documents.count - 1, node: 0)
        case .failure(let failure):
            resolution.failures.append(failure)
            return .failed(resolution.failures.count - 1)
        }
    }

    /// The workspaces that a field at the root spans: those that the argument `workspaces` names, else all usable ones.
    private func workspacesAtRoot(_ request: FieldRequest) throws(FieldFailure) -> [Int] {
        guard request.isAtRoot else { return [] }
        let argument = workspaceArgument(of: request)
        return try WorkspaceSelection(session: session).all(argument.value, argument: argument.name)
    }

    private func target(
        of document: SourceDocument,
        _ node: Int,
        _ collection: CollectionBinding,
        _ values: [URITemplate.Value?],
        atRoot workspaceAtRoot: Int?
    ) -> CollectionTarget? {
        guard let workspace = document.origin >= 0 ? document.origin : workspaceAtRoot else { return nil }
        var extra: [CallTemplate.ExtraValue] = []
        if let by = collection.by {
            guard let member = document.json.member(by.parentKey, of: node),
                let key = document.json.scalarText(of: member)
            else { return nil }
            extra = [(by.variable, key)]
        }
        let path = collection.template.expand(values, parent: document, node: node, extra: extra)
        return path.map { CollectionTarget(workspace: workspace, path: $0) }
    }

    /// The workspace of all parents of a field, if it is only one, and no rows of several workspaces are merged.
    func onlyWorkspace(of request: FieldRequest) -> Int? {
        let atRoot: [Int]
        do {
            atRoot = try workspacesAtRoot(request)
        } catch {
            // The field itself fails with this error later.
            return nil
        }
        var only: Int?
        for parent in request.parents {
            var workspace = request.documents[Int(parent.document)].origin
            if workspace < 0 {
                guard atRoot.count == 1 else { return nil }
                workspace = atRoot[0]
            }
            guard only == nil || only == workspace else { return nil }
            only = workspace
        }
        return only
    }
}
