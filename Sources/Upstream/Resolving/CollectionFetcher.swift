internal import GraphQL
internal import JSON

/// Reads windows of lists for one field.
struct CollectionFetcher: Sendable {
    typealias RowsResult = Result<CollectionRows, FieldFailure>

    let session: CallSession
    let collection: Collection
    let purpose: CallPurpose
    let paging: PagingArguments

    /// The array of rows of a collection whose rows are all wanted and are all in one kept answer.
    func cachedArray(of target: CollectionTarget) -> (document: SourceDocument, node: Int)? {
        let slug = session.broker.workspaces[target.workspace].slug
        guard let window = paging.window(slug: slug, total: nil), window.offset == 0 else { return nil }
        return pages(of: target).cachedArray(atMost: window.count)
    }

    /// The rows of a list, perhaps cut from another one that is cached.
    func rows(of target: CollectionTarget) async -> RowsResult {
        let batch = CollectionBatch(
            session: session,
            workspace: target.workspace,
            purpose: purpose,
            parameters: collection.parameters,
            windows: [CollectionBatch.Window(target: target, fetcher: self)]
        )
        return await batch.rows().first ?? .failure(.gatewayFailed)
    }

    /// The same with other paging arguments.
    func fetcher(_ paging: PagingArguments) -> CollectionFetcher {
        CollectionFetcher(session: session, collection: collection, purpose: purpose, paging: paging)
    }

    /// The window of a list, cut from all of its rows.
    func window(of rows: [CollectionPages.Row], workspace: Int) -> CollectionRows {
        let own = rows.enumerated().map { offset, row in
            CollectionPages.Row(document: row.document, node: row.node, offset: offset)
        }
        let slug = session.broker.workspaces[workspace].slug
        let window = paging.window(slug: slug, total: own.count) ?? PageWindow(offset: 0, count: paging.count)
        return CollectionRows(
            cutting: own,
            to: window,
            entity: collection.entity,
            total: own.count,
            isExhausted: true
        )
    }

    /// Whether the first page that is read of a list is cached.
    func isCached(_ target: CollectionTarget) -> Bool { pages(of: target).isCached(firstPage(of: target)) }

    /// Whether it is, and needs no refresh.
    func isFresh(_ target: CollectionTarget) -> Bool { pages(of: target).isFresh(firstPage(of: target)) }

    private func firstPage(of target: CollectionTarget) -> Int {
        let slug = session.broker.workspaces[target.workspace].slug
        return paging.window(slug: slug, total: nil)?.pages(of: pages(of: target).pageSize).lowerBound ?? 1
    }

    private func pages(of target: CollectionTarget) -> CollectionPages {
        CollectionPages(session: session, workspace: target.workspace, path: target.path, purpose: purpose)
    }

    /// Reads the window of one collection: its first page, then what else is needed at once.
    func read(_ target: CollectionTarget) async -> RowsResult {
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
