internal import GraphQL
internal import JSON

/// One collection of one workspace, without its page.
struct CollectionTarget: Sendable, Hashable {
    let workspace: Int
    let path: String
    /// The key of the parent whose rows these are, where that is known.
    let parentKey: String?
}

extension UpstreamResolver {
    typealias RowsResult = Result<CollectionRows, FieldFailure>

    /// Fetches the window of a collection for each parent, equal collections once.
    func resolveCollections(_ collection: Collection, _ request: FieldRequest) async -> Resolution {
        let paging: PagingArguments
        do {
            paging = try PagingArguments(request.arguments, defaultCount: defaultCount(of: request))
        } catch {
            return Resolution(failure: error, parents: request.parents.count)
        }
        let fetcher = CollectionFetcher(
            session: session,
            collection: collection,
            purpose: CallPurpose(
                policy: table.policy(of: request.binding),
                entity: collection.entity,
                isCollection: true
            ),
            paging: paging
        )
        var targets: [CollectionTarget] = []
        var ordinals: [CollectionTarget: Int] = [:]
        var resolution = Resolution()
        var merged: Resolution.Value?
        let presentation = CollectionPresentation(request: request, collection: collection, table: table)
        var targetOfParent: [Int?] = []
        for parent in request.parents {
            let document = request.documents[Int(parent.document)]
            if document.origin < 0, case let chosen = chosenWorkspaces(request), chosen.count > 1 {
                merged = await resolveMerged(fetcher, request, chosen, presentation, into: &resolution)
                targetOfParent.append(nil)
                continue
            }
            guard let target = target(of: document, Int(parent.node), collection, request) else {
                targetOfParent.append(nil)
                continue
            }
            if session.broker.options.deduplication, let known = ordinals[target] {
                targetOfParent.append(known)
            } else {
                ordinals[target] = targets.count
                targetOfParent.append(targets.count)
                targets.append(target)
            }
        }
        let values: [Resolution.Value]
        if targets.count == 1, let list = presentation.cachedList(of: targets[0], fetcher) {
            values = [.found(document: resolution.documents.count, node: list.node)]
            resolution.documents.append(list.document)
        } else {
            var results = await fetcher.rows(of: targets, wholePath: wholePath(collection, request))
            await complete(&results, targets, presentation, collection, &resolution.partialFailures)
            values = results.enumerated().map { index, result in
                value(of: result, presentation, workspace: targets[index].workspace, in: &resolution)
            }
        }
        resolution.values = targetOfParent.map { $0.map { values[$0] } ?? merged ?? .null }
        return resolution
    }

    func value(
        of result: RowsResult,
        _ presentation: CollectionPresentation,
        workspace: Int,
        in resolution: inout Resolution
    ) -> Resolution.Value {
        switch result {
        case .success(let rows):
            let reader = session.broker.workspaces[workspace].reader
            if let answer = presentation.answer(with: rows, reader: reader) {
                resolution.documents.append(answer.document)
                return .found(document: resolution.documents.count - 1, node: answer.node)
            }
            resolution.documents.append(presentation.present(rows, origin: workspace))
            return .found(document: resolution.documents.count - 1, node: 0)
        case .failure(let failure):
            resolution.failures.append(failure)
            return .failed(resolution.failures.count - 1)
        }
    }

    /// How many rows are wanted where the arguments do not say: all that one call gives, unless clients can ask for more.
    private func defaultCount(of request: FieldRequest) -> Int {
        guard table.conventions.isPaged else { return PageWindow.everything }
        let canPage = PagingArguments.arePossible(request.plan[request.field].definition.arguments)
        return canPage ? table.conventions.defaultPerPage : table.conventions.maximumPerPage
    }

    /// The workspaces that a field at the root spans: those that the argument `workspaces` names, else all usable ones.
    private func chosenWorkspaces(_ request: FieldRequest) -> [Int] {
        guard case .array(let slugs)? = request.arguments["workspaces"] else { return session.usableWorkspaces }
        return session.broker.workspaces.filter { slugs.contains(.string($0.slug)) }.map(\.index)
    }

    private func target(
        of document: SourceDocument,
        _ node: Int,
        _ collection: Collection,
        _ request: FieldRequest
    ) -> CollectionTarget? {
        let workspace = document.origin >= 0 ? document.origin : chosenWorkspaces(request).first
        guard let workspace else { return nil }
        var extra: [String: String] = [:]
        var parentKey: String?
        if let by = collection.by {
            guard let member = document.json.member(by.parentKey, of: node),
                let key = document.json.scalarText(of: member)
            else { return nil }
            parentKey = key
            extra[by.variable] = key
        }
        let path = collection.template.expand(arguments: request.arguments, parent: document, node: node, extra: extra)
        return path.map { CollectionTarget(workspace: workspace, path: $0, parentKey: parentKey) }
    }

    /// The path of the collection with the rows of all parents, if rows can be told apart by parent.
    private func wholePath(_ collection: Collection, _ request: FieldRequest) -> String? {
        guard collection.by != nil, collection.template.isIndependentOfParent else { return nil }
        return collection.template.expand(arguments: request.arguments, parent: .empty, node: 0)
    }

    /// Completes rows that lack a member which is read with single objects, where these have it.
    private func complete(
        _ results: inout [RowsResult],
        _ targets: [CollectionTarget],
        _ presentation: CollectionPresentation,
        _ collection: Collection,
        _ failures: inout [FieldFailure]
    ) async {
        for (workspace, indices) in Dictionary(grouping: targets.indices, by: { targets[$0].workspace }) {
            var parts: [(index: Int, rows: CollectionRows)] = []
            for index in indices {
                if case .success(let rows) = results[index] { parts.append((index, rows)) }
            }
            let all = parts.flatMap(\.rows.rows)
            var completed = await completed(all, in: workspace, presentation, collection, &failures)[...]
            for (index, rows) in parts {
                var rows = rows
                rows.rows = Array(completed.prefix(rows.rows.count))
                completed = completed.dropFirst(rows.rows.count)
                results[index] = .success(rows)
            }
        }
    }

    /// The same rows, with single objects in place of those of the workspace that lack a member which is read.
    ///
    /// A row whose object cannot be had stays as it is; why the first of them cannot is added to the failures.
    func completed(
        _ rows: [CollectionRows.Row],
        in workspace: Int,
        _ presentation: CollectionPresentation,
        _ collection: Collection,
        _ failures: inout [FieldFailure]
    ) async -> [CollectionRows.Row] {
        guard let entity = collection.entity, !presentation.rowMembers.isEmpty else { return rows }
        let completion = RowCompletion(session: session, entity: entity, workspace: workspace)
        var wanted = WantedEntities(sharing: true)
        var known: [CollectionRows.Row] = []
        let places = rows.indices.compactMap { position -> (row: Int, wanted: Int)? in
            let row = rows[position]
            let lacks =
                row.document.origin == workspace
                && presentation.rowMembers.contains {
                    row.document.json.member($0, of: row.node) == nil && !completion.isAbsent([$0])
                }
            guard lacks, let key = entity.key(of: row.node, in: row.document) else { return nil }
            let place = wanted.add(key, in: workspace)
            if place == known.count { known.append(row) }
            return (position, place)
        }
        guard !places.isEmpty else { return rows }
        let loader = EntityLoader(
            session: session,
            entity: entity,
            purpose: CallPurpose(policy: presentation.policy, entity: entity),
            members: presentation.rowMembers
        )
        let found = await loader.loadCompletely(wanted, knownRows: known)
        var completed = rows
        var failure: FieldFailure?
        for place in places {
            switch found[place.wanted] {
            case .at(let document, let node) where entity.key(of: node, in: document) != nil:
                completed[place.row].document = document
                completed[place.row].node = node
            case .at: failure = failure ?? .otherObject
            case .failed(let reason): failure = failure ?? reason
            case .missing: break
            }
        }
        if let failure { failures.append(failure) }
        return completed
    }
}
