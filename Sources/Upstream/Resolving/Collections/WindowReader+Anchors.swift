internal import GraphQL
internal import JSON

extension WindowReader {
    /// The positions before and after the row that a cursor names.
    struct Located {
        /// The position before the row.
        let at: RowPosition
        /// The position after the row; equal to `at` if the row is gone.
        let behind: RowPosition
    }

    /// The most pages that are searched for a row that has moved far.
    private static let maximumSteps = 12

    /// Finds the row that a cursor names; nil if a page could not be read.
    func locate(_ anchor: RowAnchor, isEnd: Bool = false) async -> Located? {
        let size = anchor.pageSize ?? pages.pageSize
        let old = Located(
            at: RowPosition(offset: max(0, anchor.offset - 1), pageSize: size),
            behind: RowPosition(offset: anchor.offset, pageSize: size)
        )
        guard pages.isPaged, anchor.key != nil, anchor.offset > 0 else { return old }
        var low = old.at.page
        var high = old.behind.page
        guard await read(Array(low...high)) else { return nil }
        let search = AnchorSearch(anchor: anchor, order: order, isEnd: isEnd)
        var triedLater = false
        var isEarlier = false
        for _ in 0..<Self.maximumSteps {
            let mayBeLater = pages.continuation(after: high) != .end
            let rows = (low...high).flatMap { identities(of: $0) }
            let end = RowPosition(page: high, index: pages.rows(of: high)?.count ?? 0)
            switch search.search(rows, end: end, mayBeEarlier: low > 1, mayBeLater: mayBeLater) {
            case .found(let position): return Located(at: position, behind: position.next)
            case .gone(let position): return Located(at: position, behind: position)
            case .earlier:
                isEarlier = true
                low -= 1
                // Behind the last page there are no rows to search: it is the next to look at, and the end is not looked for page by page.
                if rows.isEmpty {
                    guard let last = await lastPage(upTo: low) else { return nil }
                    (low, high) = (last, last)
                }
            case .later:
                isEarlier = false
                high += 1
            case .unknown:
                guard mayBeLater, !triedLater else { return Located(at: old.at, behind: old.at) }
                triedLater = true
                high += 1
            }
            guard await read([low, high]) else { return nil }
        }
        // The row is far away. Showing some rows twice is better than skipping rows.
        let place =
            isEnd
            ? RowPosition(page: high, index: pages.rows(of: high)?.count ?? 0) : RowPosition(page: low, index: 0)
        return isEarlier != isEnd ? Located(at: place, behind: place) : Located(at: old.at, behind: old.at)
    }

    /// The last page that has rows, or 1, where those behind a page have none; nil if a page could not be read.
    private func lastPage(upTo page: Int) async -> Int? {
        if let known = pages.knownPageCount, pages.rows(of: known)?.isEmpty != true { return min(known, page) }
        // The first page may count the rows, or have all of them, which the second one shows.
        guard await read([1]) else { return nil }
        let isProbablyAlone = pages.extent.page(1)?.countsOwnRows ?? false
        guard await read(isProbablyAlone ? [2] : []), let end = await locateEnd(wanted: 1) else { return nil }
        return min(end.page, page)
    }

    private func read(_ wanted: [Int]) async -> Bool {
        let missing = Set(wanted).filter { pages.rows(of: $0) == nil }.sorted()
        return missing.isEmpty ? true : await pages.fetch(missing) != nil
    }

    private func identities(of page: Int) -> [AnchorSearch.Row] {
        (pages.rows(of: page) ?? []).compactMap { row in
            // An element that is no object has no position in the order.
            guard row.document.json.node(row.node).kind == .object else { return nil }
            return AnchorSearch.Row(
                position: row.position,
                key: filter.key(of: row),
                value: SortKey(of: row.node, in: row.document, member: order.member)
            )
        }
    }

    /// Finds the position after the last row; nil if a page could not be read.
    ///
    /// - Parameter wanted: the number of rows before it that are wanted, so that their pages are read with the last one.
    /// - Returns: the position.
    func locateEnd(wanted: Int) async -> RowPosition? {
        guard pages.isPaged else {
            guard await read([1]) else { return nil }
            return RowPosition(page: 1, index: pages.rows(of: 1)?.count ?? 0)
        }
        if pages.readPages.isEmpty {
            guard await read([firstPageToRead]) else { return nil }
        }
        while !(pages.extent.isEnded && hasReadFirstRows) {
            let found = pages.extent.lastFound?.number ?? 0
            guard found * pages.requestedSize < PageWindow.maximumCount else { break }
            guard await read(nextPages(behind: found, wanted: wanted)) else { return nil }
        }
        let last = max(1, pages.extent.lastFound?.number ?? 1)
        return RowPosition(page: last, index: pages.rows(of: last)?.count ?? 0)
    }

    /// Whether the last page with rows has been read, or page 1 if there is none.
    private var hasReadFirstRows: Bool { pages.extent.lastFound != nil || pages.rows(of: 1) != nil }

    /// The page to read first: the last one known, if the count does not state where the end is, or else page 1.
    private var firstPageToRead: Int {
        let meaning = pages.extent.known.count
        guard meaning == .page || meaning == .wrong, let last = pages.knownPageCount else { return 1 }
        return max(1, last)
    }

    private func nextPages(behind found: Int, wanted: Int) -> [Int] {
        let read = pages.readPages
        if let last = pages.extent.lastPage, last > found, !read.contains(last) {
            let total = pages.totalNow ?? last * pages.pageSize
            let begin = max(0, total - wanted) / max(1, pages.pageSize) + 1
            return (min(begin, last)...last).filter { !read.contains($0) }
        }
        // An empty page further on shows that the end is before it.
        if let empty = read.first(where: { $0 > found + 1 && pages.rows(of: $0)?.isEmpty == true }),
            !read.contains((found + empty) / 2)
        {
            return [(found + empty) / 2]
        }
        let next = pages.extent.next(after: found, rows: 1)
        return next.isEmpty ? [firstUnread(behind: found)] : next
    }

    private func firstUnread(behind page: Int) -> Int {
        var next = page + 1
        while pages.rows(of: next) != nil { next += 1 }
        return next
    }
}
