internal import GraphQL
internal import JSON

/// Reads windows of several collections in the way that takes the fewest calls: each for itself, or all at once from the
/// collection that holds the rows of every parent, split by the parent's key.
struct CollectionReading: Sendable {
    typealias RowsResult = Result<CollectionRows, FieldFailure>

    let session: CallSession
    let collection: Collection
    let purpose: CallPurpose
    let paging: PagingArguments

    /// As many collections as this are worth a look at whether reading them as one is cheaper.
    private static let fewestForEstimate = 6
    /// How many collections are read to estimate the size of the whole.
    private static let sampleCount = 2

    /// The rows of each collection, perhaps split from those at `wholePath`, which holds the rows of all parents.
    func rows(of targets: [CollectionTarget], wholePath: String?) async -> [RowsResult] {
        guard targets.count > 1, session.broker.options.plans, let wholePath, let by = collection.by,
            let workspace = targets.first?.workspace, targets.allSatisfy({ $0.workspace == workspace })
        else { return await readEach(targets) }
        let whole = CollectionPages(session: session, workspace: workspace, path: wholePath, purpose: purpose)
        let open = targets.filter { !isKept($0) }.count
        if let count = whole.knownPageCount {
            guard whole.cost(of: 1...count) < open, let rows = await readWhole(whole, upTo: targets.count, after: 0)
            else { return await readEach(targets) }
            if let results = split(rows, among: targets, by: by) { return results }
            return await readEach(targets)
        }
        guard open >= Self.fewestForEstimate else { return await readEach(targets) }
        return await estimateAndRead(targets, whole, by)
    }

    /// The array of rows of a collection whose rows are all wanted and are all in one kept answer.
    func keptArray(of target: CollectionTarget) -> (document: SourceDocument, node: Int)? {
        let slug = session.broker.workspaces[target.workspace].slug
        guard let window = paging.window(slug: slug, total: nil), window.offset == 0 else { return nil }
        return pages(of: target).keptArray(atMost: window.count)
    }

    /// The same with other paging arguments.
    func reading(_ paging: PagingArguments) -> CollectionReading {
        CollectionReading(session: session, collection: collection, purpose: purpose, paging: paging)
    }

    private func isKept(_ target: CollectionTarget) -> Bool {
        pages(of: target).cost(of: 1...1) == 0
    }

    /// Reads a few of the collections to see how large all are together, then decides.
    private func estimateAndRead(
        _ targets: [CollectionTarget],
        _ whole: CollectionPages,
        _ by: Collection.Ownership
    ) async -> [RowsResult] {
        let sample = await readEach(Array(targets[..<Self.sampleCount]))
        let rest = Array(targets[Self.sampleCount...])
        let totals = sample.compactMap { result -> Int? in
            if case .success(let rows) = result { rows.total } else { nil }
        }
        let parents = max(targets.count, parentCount(by, workspace: targets[0].workspace) ?? 0)
        let size = whole.pageSize
        if totals.count == sample.count, size < PageWindow.everything {
            let rows = totals.reduce(0, +) * parents / totals.count
            let expectedPages = rows / size + 1
            if expectedPages * 2 <= rest.count, let all = await readWhole(whole, upTo: rest.count, after: 0),
                let results = split(all, among: rest, by: by)
            {
                return sample + results
            }
        }
        return sample + (await readEach(rest))
    }

    private func parentCount(_ by: Collection.Ownership, workspace: Int) -> Int? {
        guard let list = by.parent.list else { return nil }
        let key = UpstreamKnowledge.CollectionKey(
            workspace: workspace,
            scope: session.scope(of: workspace, purpose: purpose),
            path: list
        )
        return session.broker.knowledge.size(of: key)
    }

    /// All rows of the whole collection; nil if that would take more calls than there are collections, or fails.
    private func readWhole(
        _ whole: CollectionPages,
        upTo most: Int,
        after start: Int
    ) async -> [CollectionPages.Row]? {
        var rows: [CollectionPages.Row] = []
        var next = start + 1
        while true {
            let last = whole.isTotalKnownNow ? (whole.knownPageCount ?? next) : next
            guard last <= most else { return nil }
            guard let more = await whole.fetch(next...max(next, last)) else { return nil }
            rows += more
            next = max(next, last) + 1
            if whole.isExhausted(after: next - 1) { return rows }
        }
    }

    /// Shares rows out to parents; nil if a row does not tell whose it is.
    private func split(
        _ rows: [CollectionPages.Row],
        among targets: [CollectionTarget],
        by: Collection.Ownership
    ) -> [RowsResult]? {
        var seen: Set<String> = []
        var rowsOfParent: [String: [CollectionPages.Row]] = [:]
        for row in rows {
            guard let member = row.document.json.member(by.member, of: row.node) else { return nil }
            guard let parent = row.document.json.scalarText(of: member) else { continue }
            if let key = collection.entity?.key(of: row.node, in: row.document), !seen.insert(key).inserted { continue }
            let offset = rowsOfParent[parent]?.count ?? 0
            rowsOfParent[parent, default: []].append(
                CollectionPages.Row(document: row.document, node: row.node, offset: offset)
            )
        }
        return targets.map { target in
            let own = target.parentKey.flatMap { rowsOfParent[$0] } ?? []
            let slug = session.broker.workspaces[target.workspace].slug
            let window = paging.window(slug: slug, total: own.count) ?? PageWindow(offset: 0, count: paging.count)
            let cut = CollectionRows(
                cutting: own,
                to: window,
                entity: collection.entity,
                total: own.count,
                isExhausted: true
            )
            return .success(cut)
        }
    }

    // MARK: - One by one

    private func readEach(_ targets: [CollectionTarget]) async -> [RowsResult] {
        if targets.count == 1 { return [await read(targets[0])] }
        return await withTaskGroup(of: (Int, RowsResult).self) { group in
            for (index, target) in targets.enumerated() {
                group.addTask { (index, await read(target)) }
            }
            var results = [RowsResult](repeating: .failure(.gatewayFailed), count: targets.count)
            for await (index, result) in group { results[index] = result }
            return results
        }
    }

    private func pages(of target: CollectionTarget) -> CollectionPages {
        CollectionPages(session: session, workspace: target.workspace, path: target.path, purpose: purpose)
    }

    /// Reads the window of one collection: its first page, then what else is needed at once.
    private func read(_ target: CollectionTarget) async -> RowsResult {
        let slug = session.broker.workspaces[target.workspace].slug
        let pages = pages(of: target)
        var rows: [CollectionPages.Row] = []
        var done: ClosedRange<Int>?
        var window = paging.window(slug: slug, total: nil)
        if window == nil {
            // The end is asked for: the first page tells where it is, or the pages are read until it comes.
            guard let (all, total) = await readToTotal(pages) else { return .failure(pages.failure ?? .gatewayFailed) }
            rows = all
            done = 1...max(1, all.last.map { $0.offset / pages.pageSize + 1 } ?? 1)
            window = paging.window(slug: slug, total: total)
        }
        guard let window else { return .failure(.gatewayFailed) }
        let wanted = window.pages(of: pages.pageSize)
        var next = wanted.lowerBound
        while next <= wanted.upperBound {
            // Until this request's answers tell how many rows there are, pages are read one by one: each may be the last.
            let known = pages.isTotalKnownNow ? pages.knownPageCount : next
            let last = min(wanted.upperBound, max(next, known ?? next))
            if done.map({ !$0.contains(next) }) ?? true {
                guard let more = await pages.fetch(next...last) else {
                    return .failure(pages.failure ?? .gatewayFailed)
                }
                // PERF: nearly always the first and only ones.
                if rows.isEmpty { rows = more } else { rows += more }
            }
            next = last + 1
            if pages.isExhausted(after: next - 1) { break }
        }
        let cut = CollectionRows(
            cutting: rows.inOrder,
            to: window,
            entity: collection.entity,
            total: pages.total,
            isExhausted: pages.isExhausted(after: next - 1)
        )
        return .success(cut)
    }

    /// Reads pages until the number of all rows is known.
    private func readToTotal(_ pages: CollectionPages) async -> ([CollectionPages.Row], Int)? {
        var rows: [CollectionPages.Row] = []
        var next = 1
        while true {
            guard let more = await pages.fetch(next...next) else { return nil }
            rows += more
            if pages.isTotalKnownNow, let total = pages.total { return (rows, total) }
            if pages.isExhausted(after: next) { return (rows, rows.count) }
            guard next * pages.pageSize < PageWindow.maximumCount else { return (rows, rows.count) }
            next += 1
        }
    }
}

extension [CollectionPages.Row] {
    /// The rows in the order of their places, in which they nearly always are already.
    fileprivate var inOrder: [CollectionPages.Row] {
        let isInOrder = indices.dropFirst().allSatisfy { self[$0 - 1].offset <= self[$0].offset }
        return isInOrder ? self : sorted { $0.offset < $1.offset }
    }
}
