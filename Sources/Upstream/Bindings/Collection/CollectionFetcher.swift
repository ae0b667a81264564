internal import GraphQL
internal import JSON

/// Reads windows of lists for one field.
struct CollectionFetcher: Sendable {
    typealias RowsResult = Result<CollectionRows, FieldFailure>

    let session: CallSession
    let collection: CollectionBinding
    let purpose: CallPurpose
    let paging: PagingArguments
    let options: WindowOptions
    /// Whether its rows are merged with those of other workspaces.
    var isMerged = false
    /// The pages that calls of this field have fetched.
    var fetched = FetchedPages()

    /// The array of rows, if one cached response has all rows of a collection and all are wanted.
    func cachedArray(of target: CollectionTarget) -> (document: SourceDocument, node: Int)? {
        guard paging.after == nil, paging.before == nil, paging.last == nil, paging.offset ?? 0 == 0,
            let first = paging.first
        else { return nil }
        return pages(of: target).cachedArray(atMost: first)
    }

    /// The rows of a list's window, which may be cut from another cached list.
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

    /// The same fetcher with other paging arguments, for rows that are merged with those of other workspaces.
    func merging(_ paging: PagingArguments) -> CollectionFetcher {
        CollectionFetcher(
            session: session,
            collection: collection,
            purpose: purpose,
            paging: paging,
            options: options,
            isMerged: true,
            fetched: fetched
        )
    }

    /// The window of a list, cut from all rows of the list.
    func window(of list: WholeList, workspace: Int) -> CollectionRows {
        WholeWindow(list: list, request: request(in: workspace), options: options).cut()
    }

    private func request(in workspace: Int) -> WindowRequest {
        let slug = session.slug(of: workspace)
        // A workspace without a row before the cursor has none in the window.
        return paging.request(slug: slug, isMerged: isMerged) ?? WindowRequest(before: RowAnchor(offset: 0), first: 0)
    }

    /// Whether the page of a list that is read first is cached.
    func isCached(_ target: CollectionTarget) -> Bool {
        let pages = pages(of: target)
        return pages.isCached(firstPage(of: target, pages))
    }

    /// The pages of a list, if the page that is read first is cached and needs no refresh.
    func freshPages(of target: CollectionTarget) -> CollectionPages? {
        let pages = pages(of: target)
        return pages.isFresh(firstPage(of: target, pages)) ? pages : nil
    }

    /// The stored window of a list, if it has been read before and a new read would yield the same.
    func settledWindow(of pages: CollectionPages, in workspace: Int) -> CollectionRows? {
        isMerged ? nil : pages.settledWindow(request(in: workspace), options)
    }

    private func firstPage(of target: CollectionTarget, _ pages: CollectionPages) -> Int {
        let slug = session.slug(of: target.workspace)
        return paging.read.window(slug: slug, total: nil)?.pages(of: pages.pageSize).lowerBound ?? 1
    }

    private func pages(of target: CollectionTarget) -> CollectionPages {
        CollectionPages(
            session: session,
            workspace: target.workspace,
            path: target.path,
            purpose: purpose,
            fetched: fetched
        )
    }

    /// Reads the window of one collection.
    ///
    /// - Parameters:
    ///   - target: the collection.
    ///   - known: its pages, of which none has been read; nil: they are looked up.
    /// - Returns: the rows.
    func read(_ target: CollectionTarget, known: sending CollectionPages? = nil) async -> RowsResult {
        let pages = known ?? pages(of: target)
        let request = request(in: target.workspace)
        let result = await WindowReader(pages: pages, request: request, options: options).read()
        if !isMerged, case .success(let rows) = result { pages.settle(rows, request, options) }
        return result
    }
}
