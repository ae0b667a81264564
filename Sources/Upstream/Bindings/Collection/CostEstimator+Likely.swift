internal import GraphQL
internal import JSON

/// The likely cost of a collection field, which has a lower upper bound than the estimated one.
///
/// It uses known sizes and cached pages, and assumes that upstreams count rows.
extension CostEstimator {
    /// A list with a known path in one workspace, with its number of rows and its pages.
    struct KnownList {
        let rows: Int?
        let pages: CollectionPages
    }

    /// The lists at a path that does not depend on the parent, one per workspace; empty: nothing is known.
    func knownLists(
        _ collection: CollectionBinding,
        _ field: BoundField,
        _ targets: CostContext.Choice
    ) -> [KnownList] {
        guard let knowledge = terms.knowledge, collection.template.isIndependentOfParent,
            let path = collection.template.expand(arguments: field.arguments, parent: .empty, node: 0)
        else { return [] }
        let purpose = CallPurpose(
            policy: table.policy(of: field.binding),
            entity: collection.entity,
            isCollection: true
        )
        let isAtRoot = field.parents.isAtRoot && collection.by == nil
        let workspaces = isAtRoot ? targets.guaranteed : Array(0..<terms.workspaceCount)
        return workspaces.map { workspace in
            let pages = knowledge.pages(workspace, path, purpose)
            return KnownList(rows: pages.total, pages: pages)
        }
    }

    /// The rows of a field, limited to the number that the lists are known to have.
    func limited(
        _ rows: EstimatedRows,
        by lists: [KnownList],
        _ collection: CollectionBinding,
        _ field: BoundField,
        count: Int
    ) -> EstimatedRows {
        let known = lists.compactMap(\.rows)
        guard !lists.isEmpty, known.count == lists.count else { return rows }
        var rows = rows
        let total = known.reduce(0) { $0.addingSaturating($1) }
        rows.distinct = min(rows.distinct, total)
        if collection.by == nil {
            let most = min(count, total).multipliedSaturating(by: field.parents.rows.max)
            let least = field.parents.isAtRoot ? min(count, total).multipliedSaturating(by: field.parents.rows.min) : 0
            rows.rows = CostRange(min(least, rows.rows.max), min(most, rows.rows.max))
        } else if field.parents.distinct >= field.parents.rows.max {
            rows.rows = CostRange(0, min(total, rows.rows.max))
        }
        return rows
    }

    /// The likely calls for the windows of a field's lists.
    mutating func likelyCalls(
        of field: BoundField,
        _ collection: CollectionBinding,
        _ windows: EstimatedWindows,
        _ targets: CostContext.Choice,
        _ lists: [KnownList]
    ) -> Int {
        let key = key(
            of: field,
            arguments: collection.template.relevant(of: field.arguments, and: workspaceArguments(of: field))
        )
        let isKnown = !windows.isAtEnd && windows.pages.map { knownPages.add($0, of: key) == 0 } ?? false
        if isKnown { return 0 }
        if collection.by == nil, collection.template.isIndependentOfParent {
            guard !lists.isEmpty else { return windows.likelyPages.multipliedSaturating(by: targets.most) }
            let alone = lists.reduce(0) { $0.addingSaturating(windows.likelyCalls(of: $1.pages, terms.knowledge)) }
            return likelyCalls(cutting: field, collection, alone: alone)
        }
        let each = windows.likelyPages.multipliedSaturating(by: targets.most)
        let whole = lists.compactMap { list in
            list.pages.knownPageCount.flatMap { count in
                terms.knowledge?.calls(for: 1...max(1, min(count, Self.mostPagesLookedAt)), of: list.pages)
            }
        }
        guard collection.by != nil, terms.options.batching, !lists.isEmpty, whole.count == lists.count else {
            let alone = each.addingSaturating(callsInVain(field, collection, targets.most, key))
            return likelyCalls(cutting: field, collection, alone: alone)
        }
        return min(each, whole.reduce(0) { $0.addingSaturating($1) })
    }

    /// The likely calls of a list, given the lists before it that may be cut from the same whole list.
    ///
    /// Together they take no more calls than the whole list has pages, if that is known, after a few lists that are read by themselves.
    private mutating func likelyCalls(
        cutting field: BoundField,
        _ collection: CollectionBinding,
        alone: Int
    ) -> Int {
        guard alone > 0, let knowledge = terms.knowledge, let path = pathOfWhole(field, collection) else {
            return alone
        }
        let purpose = CallPurpose(
            policy: table.policy(of: field.binding),
            entity: collection.entity,
            isCollection: true
        )
        var most = 0
        for workspace in 0..<terms.workspaceCount {
            let whole = knowledge.pages(workspace, path, purpose)
            guard let count = whole.knownPageCount, count <= Self.mostPagesLookedAt else { return alone }
            let calls = knowledge.calls(for: 1...max(1, count), of: whole)
            most = most.addingSaturating(calls == 0 ? 0 : calls + Self.mostListsSampled)
        }
        var cuts = likelyCuts[path] ?? (alone: 0, counted: 0)
        cuts.alone = cuts.alone.addingSaturating(alone)
        let fresh = max(0, min(cuts.alone, most) - cuts.counted)
        cuts.counted += fresh
        likelyCuts[path] = cuts
        return fresh
    }

    /// The most objects that rows of a list can show, if the size of a list with all of them is known.
    func knownObjects(_ field: BoundField, _ collection: CollectionBinding) -> Int? {
        guard let knowledge = terms.knowledge else { return nil }
        let purpose = CallPurpose(
            policy: table.policy(of: field.binding),
            entity: collection.entity,
            isCollection: true
        )
        let sizes = [collection.entity?.list, pathOfWhole(field, collection)].compactMap(\.self).compactMap { path in
            (0..<terms.workspaceCount).reduce(0 as Int?) { sum, workspace in
                guard let sum, let size = knowledge.pages(workspace, path, purpose).total else { return nil }
                return sum.addingSaturating(size)
            }
        }
        return sizes.min()
    }

    /// The number of lists that are read by themselves before it shows whether a list that has the rows of all is worth reading.
    private static let mostListsSampled = 3

    /// The most pages of a list that are looked up in the cache.
    static let mostPagesLookedAt = 100

    /// The likely calls for the keys of an entity type: the uncached pages of its collection; nil: unknown.
    func likelyCalls(of tally: EntityTally) -> Int? {
        guard let knowledge = terms.knowledge, let list = tally.entity.list, scans(tally.entity) else { return nil }
        let purpose = CallPurpose(policy: table.policy(of: tally.entity), entity: tally.entity, isCollection: true)
        var calls = 0
        for workspace in 0..<terms.workspaceCount {
            let pages = knowledge.pages(workspace, list, purpose)
            guard let count = pages.knownPageCount, count <= Self.mostPagesLookedAt else { return nil }
            calls += knowledge.calls(for: 1...max(1, count), of: pages)
        }
        return calls
    }
}

extension EstimatedWindows {
    /// The pages of a window if the upstream counts rows: for a window at the end, the first page and the last ones.
    var likelyPages: Int {
        isAtEnd ? 1 + morePages : (pages?.count ?? 0).addingSaturating(morePages)
    }

    /// The number of calls for the pages of a list that the window needs.
    func likelyCalls(of list: CollectionPages, _ knowledge: CostKnowledge?) -> Int {
        guard let knowledge else { return likelyPages }
        let count = list.knownPageCount
        if isAtEnd {
            guard let count else { return likelyPages }
            let first = max(1, count - morePages + 1)
            return knowledge.calls(for: Set([1] + Array(first...max(first, count))), of: list)
        }
        guard let pages, pages.count <= CostEstimator.mostPagesLookedAt else { return likelyPages }
        let wanted = pages.filter { page in count.map { page <= max($0, 1) } ?? true }
        return knowledge.calls(for: wanted, of: list) + morePages
    }
}
