internal import JSON

extension WindowReader {
    /// Gathers rows from a position on, each once; reads more pages until there are enough rows.
    func gather(from lower: RowPosition, atMost count: Int, upTo upper: RowPosition?) async -> Gathered? {
        var gathered = Gathered()
        var seen = SeenRows(filter, without: excludedRows)
        var page = lower.page
        if let upper, upper.page > page { seen.exclude(rowsShown(behind: upper)) }
        while upper.map({ RowPosition(page: page, index: 0) < $0 }) ?? true {
            if pages.rows(of: page) == nil {
                let isFirst = page == lower.page
                if page > 1 || !isFirst, pages.continuation(after: page - 1) == .end { return gathered }
                if !isFirst, gathered.rows.count >= count {
                    gathered.hasMore = true
                    if pages.continuation(after: page - 1) == .rows || !needs.next { return gathered }
                    gathered.hasMore = false
                }
                guard await fetch(from: page, rows: count - gathered.rows.count, upTo: upper) else {
                    // All requested rows are there; only whether more follow is unknown.
                    guard !isFirst, gathered.rows.count >= count else { return nil }
                    gathered.hasMore = true
                    gathered.failure = pages.failure
                    return gathered
                }
            }
            if page == lower.page + 1 { seen.exclude(rowsShown(before: lower)) }
            // The first of two places may be before the position.
            let repeated = page == lower.page && lower.index > 0 ? repeatedRows(of: page) : []
            for row in pages.rows(of: page) ?? []
            where row.position >= lower && !repeated.contains(row.position.index) {
                if let upper, row.position >= upper { return gathered }
                guard seen.insert(row) else {
                    if !filter.canShow(row) { gathered.notObjects.append(row.position) }
                    continue
                }
                if gathered.rows.count == count {
                    gathered.hasMore = true
                    return gathered
                }
                gathered.rows.append(row)
            }
            page += 1
        }
        return gathered
    }

    /// Reads the pages from one on that the missing rows may need.
    private func fetch(from page: Int, rows: Int, upTo upper: RowPosition?) async -> Bool {
        guard pages.isPaged else { return await pages.fetch([1]) != nil }
        var wave = pages.extent.next(after: page - 1, rows: max(1, rows))
        if let upper { wave.removeAll { RowPosition(page: $0, index: 0) >= upper } }
        // The number of rows may be out of date: until a page of this request has stated it, pages are read one by one.
        if pages.readPages.isEmpty { wave = [page] }
        return await pages.fetch(wave.contains(page) ? wave : [page]) != nil
    }

    /// Gathers rows before a position, in order; reads more pages toward the beginning until there are enough rows.
    func gather(before upper: RowPosition, atMost count: Int, downTo lower: RowPosition) async -> Gathered? {
        var reversed: [CollectionPages.Row] = []
        var notObjects: [RowPosition] = []
        var seen = SeenRows(filter, without: excludedRows)
        var page = upper.index == 0 ? upper.page - 1 : upper.page
        if page > lower.page { seen.exclude(rowsShown(before: lower)) }
        while page >= lower.page {
            if pages.rows(of: page) == nil {
                if reversed.count >= count { break }
                let missing = count - reversed.count
                let first = max(lower.page, page - (missing - 1) / max(1, pages.pageSize))
                let wave = (first...page).filter { pages.rows(of: $0) == nil }
                guard await pages.fetch(wave) != nil else { return nil }
            }
            if page == upper.page - 1 { seen.exclude(rowsShown(behind: upper)) }
            let repeated = repeatedRows(of: page)
            for row in (pages.rows(of: page) ?? []).reversed()
            where row.position < upper && row.position >= lower && !repeated.contains(row.position.index) {
                guard seen.insert(row) else {
                    if !filter.canShow(row) { notObjects.append(row.position) }
                    continue
                }
                if reversed.count == count {
                    return Gathered(rows: reversed.reversed(), hasMore: true, notObjects: notObjects)
                }
                reversed.append(row)
            }
            page -= 1
        }
        return Gathered(rows: reversed.reversed(), hasMore: page >= lower.page, notObjects: notObjects)
    }
}

extension WindowReader {
    /// The indices of the rows on a page that repeat an earlier row of the page: a row is shown at its first position, in either
    /// direction of reading.
    private func repeatedRows(of page: Int) -> Set<Int> {
        let rows = pages.rows(of: page) ?? []
        var seen: Set<OpaqueText> = []
        let repeated = rows.filter { row in filter.key(of: row).map { !seen.insert($0).inserted } ?? false }
        return Set(repeated.map(\.position.index))
    }

    /// The keys of the rows that the cursors name, which are not shown: a row that a list has twice could be on both sides of them.
    private var excludedRows: [OpaqueText] {
        let after = request.after.flatMap { $0.isNext ? nil : $0.key }
        return [after, request.includesBefore ? nil : request.before?.key].compactMap { $0 }
    }
}
