internal import GraphQL
internal import JSON

/// Reads windows of several collections in the way that takes the fewest calls: each for itself, or all at once from the
/// collection that holds the rows of every parent, split by the parent's key.
struct CollectionFetcher: Sendable {
    typealias RowsResult = Result<CollectionRows, FieldFailure>

    let session: CallSession
    let collection: Collection
    let purpose: CallPurpose
    let paging: PagingArguments

    /// The rows of each collection, perhaps split from those at `wholePath`, which holds the rows of all parents.
    func rows(of targets: [CollectionTarget], wholePath: String?) async -> [RowsResult] {
        guard targets.count > 1, session.broker.options.batching, let wholePath, let by = collection.by else {
            return await readEach(targets)
        }
        let groups = Dictionary(grouping: targets.indices) { targets[$0].workspace }
        if groups.count == 1 { return await rows(ofOneWorkspace: targets, wholePath: wholePath, by) }
        return await withTaskGroup(of: [(Int, RowsResult)].self) { group in
            for indices in groups.values {
                group.addTask {
                    let rows = await rows(ofOneWorkspace: indices.map { targets[$0] }, wholePath: wholePath, by)
                    return Array(zip(indices, rows))
                }
            }
            var results = [RowsResult](repeating: .failure(.gatewayFailed), count: targets.count)
            for await part in group {
                for (index, result) in part { results[index] = result }
            }
            return results
        }
    }

    /// The array of rows of a collection whose rows are all wanted and are all in one kept answer.
    func cachedArray(of target: CollectionTarget) -> (document: SourceDocument, node: Int)? {
        let slug = session.broker.workspaces[target.workspace].slug
        guard let window = paging.window(slug: slug, total: nil), window.offset == 0 else { return nil }
        return pages(of: target).cachedArray(atMost: window.count)
    }

    /// The same with other paging arguments.
    func fetcher(_ paging: PagingArguments) -> CollectionFetcher {
        CollectionFetcher(session: session, collection: collection, purpose: purpose, paging: paging)
    }

    // MARK: - All at once

    private func rows(
        ofOneWorkspace targets: [CollectionTarget],
        wholePath: String,
        _ by: Collection.Ownership
    ) async -> [RowsResult] {
        let workspace = targets[0].workspace
        let pages = CollectionPages(session: session, workspace: workspace, path: wholePath, purpose: purpose)
        let whole = WholeCollection(pages: pages, owner: by.member)
        let open = targets.indices.filter { !self.pages(of: targets[$0]).isCached(1) }
        if !open.isEmpty, let rows = await whole.readCached() { return split(rows, among: targets, by: by) }
        if let count = pages.knownPageCount {
            guard let rows = await whole.read(insteadOf: open.count, expecting: count) else {
                return await readEach(targets)
            }
            return split(rows, among: targets, by: by)
        }
        guard open.count >= WholeCollection.Estimate.fewestCollections else { return await readEach(targets) }
        return await estimateAndRead(targets, open: open, whole, by)
    }

    /// Reads a few of the collections to see how large all are together, then decides.
    private func estimateAndRead(
        _ targets: [CollectionTarget],
        open: [Int],
        _ whole: WholeCollection,
        _ by: Collection.Ownership
    ) async -> [RowsResult] {
        let sampleCount = WholeCollection.Estimate.sampleCount(of: open.count)
        // Neighbors are often alike: those that are read first are spread over all.
        let sampled = (0..<sampleCount).map { open[$0 * open.count / sampleCount] }
        let rest = targets.indices.filter { !sampled.contains($0) }
        let sample = await readEach(sampled.map { targets[$0] })
        let totals = sample.compactMap { result -> Int? in
            if case .success(let rows) = result { rows.total } else { nil }
        }
        var others: [RowsResult]?
        let openCount = open.count - sampleCount
        if totals.count == sampleCount, let parents = parentCount(by, workspace: targets[0].workspace),
            case let estimate = WholeCollection.Estimate(totals: totals, parents: max(parents, targets.count)),
            let pages = estimate.pagesWorthReading(insteadOf: openCount, pageSize: whole.pages.pageSize),
            let rows = await whole.read(insteadOf: openCount, expecting: pages)
        {
            others = split(rows, among: rest.map { targets[$0] }, by: by)
        }
        let read: [RowsResult]
        if let others { read = others } else { read = await readEach(rest.map { targets[$0] }) }
        var results = [RowsResult](repeating: .failure(.gatewayFailed), count: targets.count)
        for (index, result) in zip(sampled + rest, sample + read) { results[index] = result }
        return results
    }

    private func parentCount(_ by: Collection.Ownership, workspace: Int) -> Int? {
        guard let list = by.parent.list else { return nil }
        return CollectionPages(session: session, workspace: workspace, path: list, purpose: purpose).total
    }

    /// Shares rows out to parents; rows without a parent are nobody's.
    private func split(
        _ rows: [CollectionPages.Row],
        among targets: [CollectionTarget],
        by: Collection.Ownership
    ) -> [RowsResult] {
        var seen: Set<String> = []
        var rowsOfParent: [String: [CollectionPages.Row]] = [:]
        for row in rows {
            guard let member = row.document.json.member(by.member, of: row.node),
                let parent = row.document.json.scalarText(of: member)
            else { continue }
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
            if let read = done, read.contains(next) {
                next = read.upperBound + 1
                if pages.isExhausted(after: read.upperBound) { break }
                continue
            }
            // Until this request's answers tell how many rows there are, pages are read one by one: each may be the last.
            let known = pages.isTotalKnownNow ? pages.knownPageCount : next
            let last = min(wanted.upperBound, max(next, known ?? next))
            guard let more = await pages.fetch(next...last) else {
                return .failure(pages.failure ?? .gatewayFailed)
            }
            // PERF: nearly always the first and only ones.
            if rows.isEmpty { rows = more } else { rows += more }
            next = last + 1
            if pages.isExhausted(after: next - 1) { break }
        }
        let cut = CollectionRows(
            cutting: rows.inOrder,
            to: window,
            entity: collection.entity,
            total: pages.isTotalKnownNow ? pages.total : nil,
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
