extension CollectionExtent {
    /// The most elements of any page.
    var mostFound: Int { pages.reduce(0) { max($0, $1.found) } }

    /// The most distinct rows of any page, which is what a cap counts.
    private var mostRows: Int { pages.reduce(0) { max($0, $1.rows) } }

    /// A cap that pages show, if no page is larger: two pages have as many rows, or the first has as many as a usual cap
    /// allows and is not the last, or the pages have all rows that are counted.
    var apparentCap: Int? {
        let most = mostRows
        guard most > 0, most < requestedSize else { return nil }
        if pages.count(where: { $0.rows == most }) > 1, !isUnlikelyCap(most) { return most }
        guard let first = page(1), first.rows == most, let last = lastFound, last.number > 1 else { return nil }
        if Self.usualCaps.contains(most) { return most }
        return last.number == 2 && last.count == most + last.rows ? most : nil
    }

    /// Whether pages of equal length have lost as many rows each, rather than being capped: the cap would be no round number, and there
    /// would be more rows than are counted.
    private func isUnlikelyCap(_ rows: Int) -> Bool {
        guard !rows.isMultiple(of: 5), let count = latestCount,
            !pages.allSatisfy({ $0.count == nil || $0.countsOwnRows })
        else {
            return false
        }
        return pages.contains { $0.found > 0 && ($0.number - 1) * rows + $0.rows > count }
    }

    /// The number of rows of a full page.
    var pageSize: Int {
        if ignoresSize { return mostRows }
        if mostFound >= requestedSize { return requestedSize }
        if let size = known.pageSize { return mostRows <= size ? size : requestedSize }
        return apparentCap ?? requestedSize
    }

    /// Whether pages have more rows than requested: the upstream chooses their size.
    ///
    /// One more than requested is a row that its page has twice.
    var ignoresSize: Bool { mostFound > requestedSize + 1 && mostRows > requestedSize }

    /// Whether a page has shown the number of rows of a full one.
    var isPageSizeProven: Bool {
        if mostFound >= requestedSize { return true }
        if let size = known.pageSize { return mostRows <= size }
        return apparentCap != nil
    }

    /// Whether rows that are no objects, or that a page has twice, affect the extent.
    var dependsOnSurplus: Bool {
        if contradiction != nil || statedTotal == nil || pages.contains(where: { $0.surplus > 0 }) { return true }
        // A page of more rows than requested has some that are not counted.
        if mostFound > requestedSize { return true }
        guard mostFound < requestedSize else { return false }
        return known.pageSize.map { $0 < mostRows } ?? (apparentCap != nil)
    }

    /// How many rows a full page has, as other pages of the workspace or these have shown; nil: unknown.
    var learnedPageSize: Int? {
        if mostFound >= requestedSize { return requestedSize }
        if let size = known.pageSize { return mostRows <= size ? size : nil }
        return apparentCap
    }

    /// The fewest rows that a full page has, as far as is known.
    var leastPageSize: Int { isPageSizeProven ? pageSize : max(1, requestedSize / PagingHabits.leastPart) }
}
