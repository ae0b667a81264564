internal import GraphQL
internal import JSON

/// Reads one window of one collection: its pages, and further pages that are needed to find its rows at their present positions.
struct WindowReader {
    let pages: CollectionPages
    let request: WindowRequest
    let options: WindowOptions

    var order: RowOrder { options.order }
    var filter: RowFilter { options.filter }
    var needs: WindowNeeds { options.needs }

    /// The rows that were gathered in one direction.
    struct Gathered {
        /// The rows, in order.
        var rows: [CollectionPages.Row] = []
        /// Whether more rows follow in the direction of reading.
        var hasMore = false
        /// The positions of elements that are left out because they do not fit the type.
        var notObjects: [RowPosition] = []
        /// The reason why it is unknown whether more rows follow; nil: it is known.
        var failure: FieldFailure?
    }

    /// The rows of a window, and whether other rows are around them.
    struct Window {
        var gathered: Gathered
        var hasNext: Bool
        var hasPrevious: Bool
        /// The number of rows between the cursors; nil: unknown.
        var available: Int?
    }

    /// The most times that pages between which rows moved are read again.
    private static let mostReadings = 5
    /// The number of repeated pages with the same rows and counts that shows that nothing has moved: two of them can be equal because a
    /// new row has replaced each deleted one.
    private static let leastSameReadings = 4
    /// The most rows that are reported as left out, each with an error of its own.
    private static let mostRowsReported = 10

    /// Reads the window; returns a failure if a page could not be read.
    func read() async -> Result<CollectionRows, FieldFailure> {
        guard var window = await cut() else { return .failure(pages.failure ?? .gatewayFailed) }
        // Between pages of different ages, a row may have been missed.
        var isReadAnew = false
        while case let old = outdatedPages(window), !old.isEmpty {
            let (keys, counts) = (readKeys, pages.extent.statedCounts)
            pages.forget(old)
            guard var anew = await cut() else { return .failure(pages.failure ?? .gatewayFailed) }
            // A row that moved to a page which was read before is on none of them; reading all pages concurrently avoids this.
            if !isReadAnew, !keys.isSubset(of: readKeys) {
                isReadAnew = true
                pages.forget(pages.readPages)
                guard let again = await cut() else { return .failure(pages.failure ?? .gatewayFailed) }
                anew = again
            }
            window = anew
            if outdatedPages(window).isEmpty { pages.distrustCount(statedBefore: counts) }
        }
        guard var problems = await findMovedRows(&window) else { return .failure(pages.failure ?? .gatewayFailed) }
        problems += window.gathered.notObjects.prefix(Self.mostRowsReported).map { position in
            .leftOut(position, filter.requirement)
        }
        // The rows are valid even if their number is unknown.
        let isSettled = await settleTotal()
        if let failure = window.gathered.failure { problems.append(failure) }
        let total = pages.likelyTotal
        if needs.total, total != nil, let contradiction = pages.contradiction {
            problems.append(.contradiction(contradiction))
        }
        let rows = CollectionRows(
            rows: window.gathered.rows.map { CollectionRows.Row($0) },
            total: total,
            unknownTotal: total == nil ? unknownTotal(window, isSettled: isSettled) : nil,
            hasNextPage: window.hasNext,
            hasPreviousPage: window.hasPrevious,
            naming: naming(of: window.gathered.rows),
            problems: problems,
            available: window.available
        )
        return .success(rows)
    }

    /// The keys of all rows on the pages that were read.
    private var readKeys: Set<OpaqueText> {
        Set(pages.keys(of: filter.entity).values.joined().compactMap { $0 })
    }

    private func naming(of rows: [CollectionPages.Row]) -> RowNaming {
        // The page size may become known later: then the pages up to these rows have fewer rows than assumed now.
        let mayDiffer = !pages.extent.isPageSizeProven && rows.last?.page ?? 1 > 1
        let statesPageSize = pages.isPaged && (mayDiffer || pages.pageSize < pages.requestedSize)
        let part = RowNaming.Part(
            entity: filter.entity,
            order: order,
            fingerprint: options.fingerprint,
            pageSize: pages.isPaged ? pages.pageSize : PageWindow.everything,
            statesPageSize: statesPageSize,
            start: request.after,
            end: request.before,
            before: neighbors(of: rows, at: rows.first, step: -1),
            behind: neighbors(of: rows, at: rows.last, step: 1)
        )
        return RowNaming(parts: [part])
    }

    /// The rows directly before or after the window, in order, as far as their pages have been read.
    private func neighbors(
        of shown: [CollectionPages.Row],
        at row: CollectionPages.Row?,
        step: Int
    ) -> [CollectionRows.Row] {
        guard needs.cursors, let row else { return [] }
        var seen = SeenRows(filter, without: shown.compactMap { filter.key(of: $0) })
        var neighbors: [CollectionRows.Row] = []
        var place = row.position
        place.index += step
        while neighbors.count < RowAnchor.maximumNeighbors, let rows = pages.rows(of: place.page) {
            guard rows.indices.contains(place.index) else {
                place.page += step
                place.index = step < 0 ? (pages.rows(of: place.page)?.count ?? 0) - 1 : 0
                continue
            }
            if seen.insert(rows[place.index]) { neighbors.append(CollectionRows.Row(rows[place.index])) }
            place.index += step
        }
        return step < 0 ? neighbors.reversed() : neighbors
    }

    // MARK: - The window

    private func cut() async -> Window? {
        if let offset = request.offset { return await cut(offset: offset, count: request.first ?? 0) }
        var lower = RowPosition(page: 1, index: 0)
        var upper: RowPosition?
        if let after = request.after {
            guard let found = await locate(after) else { return nil }
            lower = after.isNext ? found.at : found.behind
        }
        if let before = request.before {
            guard let found = await locate(before, isEnd: true) else { return nil }
            upper = request.includesBefore ? found.behind : found.at
        }
        if let first = request.first {
            guard var gathered = await gather(from: lower, atMost: first, upTo: upper) else { return nil }
            let available = available(from: lower, upTo: upper)
            let hasNext = gathered.hasMore
            var hasPrevious = lower > RowPosition(page: 1, index: 0)
            if let last = request.last {
                hasPrevious = gathered.rows.count > last || (hasNext && available ?? .max > last)
                gathered.rows = gathered.rows.suffix(last)
            }
            return Window(gathered: gathered, hasNext: hasNext, hasPrevious: hasPrevious, available: available)
        }
        let end: RowPosition
        if let upper {
            end = upper
        } else {
            guard let found = await locateEnd(wanted: request.last ?? 0) else { return nil }
            end = found
        }
        guard let gathered = await gather(before: end, atMost: request.last ?? 0, downTo: lower) else { return nil }
        return Window(gathered: gathered, hasNext: upper != nil, hasPrevious: gathered.hasMore)
    }

    private func available(from lower: RowPosition, upTo upper: RowPosition?) -> Int? {
        guard pages.isPaged, let end = upper?.offset(pageSize: pages.pageSize) ?? pages.totalNow else { return nil }
        return max(0, end - lower.offset(pageSize: pages.pageSize))
    }

    /// The rows in a range of positions, even if rows are missing among them.
    private func cut(offset: Int, count: Int) async -> Window? {
        var gathered = Gathered()
        var upper = RowPosition(page: 1, index: 0)
        var size = 0
        while size != pages.pageSize {
            size = pages.pageSize
            let lower = RowPosition(offset: offset, pageSize: size)
            upper = RowPosition(offset: offset + count, pageSize: size)
            guard let found = await gather(from: lower, atMost: .max, upTo: upper) else { return nil }
            gathered = found
            // The first page shows how many rows the upstream really has on a page.
            if pages.repeatsStoredFirstPage(lower.page), await pages.fetch([1]) == nil { return nil }
            guard await calibrate(page: lower.page, upTo: upper) else { return nil }
        }
        let last = upper.index == 0 ? upper.page - 1 : upper.page
        let shown = Set(gathered.rows.compactMap { filter.key(of: $0) })
        let follows = (pages.rows(of: last) ?? []).contains { row in
            row.position >= upper && filter.isShown(row) && !(filter.key(of: row).map { shown.contains($0) } ?? false)
        }
        var hasNext = follows
        if !follows, pages.rows(of: last) != nil {
            guard let found = await hasRows(behind: last, besides: shown) else { return nil }
            hasNext = found
        }
        return Window(gathered: gathered, hasNext: hasNext, hasPrevious: offset > 0)
    }

    /// Whether rows follow those of a page.
    ///
    /// Reads pages until one shows it, if that is needed; returns nil if one could not be read.
    private func hasRows(behind number: Int, besides shown: Set<OpaqueText>) async -> Bool? {
        var page = number
        while pages.continuation(after: page) == .unknown, needs.next {
            guard await pages.fetch([page + 1]) != nil else { return nil }
            page += 1
            let hasOthers = (pages.rows(of: page) ?? []).contains { row in
                filter.isShown(row) && !(filter.key(of: row).map { shown.contains($0) } ?? false)
            }
            if hasOthers { return true }
        }
        return pages.continuation(after: page) != .end
    }

    /// Reads another page too, if a short page leaves the size of a full one unknown.
    private func calibrate(page number: Int, upTo upper: RowPosition) async -> Bool {
        guard pages.isPaged, !pages.extent.isPageSizeProven, let rows = pages.rows(of: number), !rows.isEmpty,
            pages.continuation(after: number) != .end
        else { return true }
        let other = number > 1 ? 1 : 2
        let isNeeded = number > 1 || upper > RowPosition(page: 1, index: rows.count)
        guard isNeeded, pages.rows(of: other) == nil else { return true }
        return await pages.fetch([other]) != nil
    }

    // MARK: - Contradictions

    /// The pages that were cached before, and between which and a neighboring page of another age a row may be missed.
    private func outdatedPages(_ window: Window) -> [Int] {
        guard pages.isPaged else { return [] }
        // Rows on a page that only shows that more rows follow are of the next window, which compares the two pages itself. That saves calls
        // where the page before is older than both.
        let isForward = request.before == nil && request.first != nil
        let end = isForward && window.hasNext ? window.gathered.rows.last?.page : nil
        let read = pages.readPages
        var outdated: Set<Int> = []
        for (page, next) in zip(read, read.dropFirst()) where next == page + 1 {
            let readings = (pages.reading(of: page), pages.reading(of: next))
            let counts = (pages.extent.page(page)?.count, pages.extent.page(next)?.count)
            let isCounted = pages.extent.countMeaning.isTotal && counts.0 != nil && counts.1 != nil
            let areUnlike = isCounted && counts.0 != counts.1
            // If new rows come first and the counts are equal, no row can have moved to an earlier page.
            let isSafe = isCounted && order.isNewestFirst && readings.0 < readings.1 && !shareRows(page, next)
            let isBehind = end.map { page >= $0 && !(pages.rows(of: next) ?? []).isEmpty } ?? false
            let isLeft = isBehind && pages.rows(of: page - 1) != nil && pages.wasCachedBefore(page - 1)
            let mayHaveMoved = request.namesRows && !isLeft && readings.0 != readings.1 && !isSafe
            guard areUnlike || mayHaveMoved else { continue }
            if pages.wasCachedBefore(page) { outdated.insert(page) }
            if pages.wasCachedBefore(next) { outdated.insert(next) }
        }
        return outdated.sorted()
    }

    /// Whether a row is on both of two pages.
    private func shareRows(_ page: Int, _ other: Int) -> Bool {
        let keys = Set((pages.rows(of: page) ?? []).compactMap { filter.key(of: $0) })
        return (pages.rows(of: other) ?? []).contains { row in filter.key(of: row).map { keys.contains($0) } ?? false }
    }

    /// The pages between which rows moved while they were read, so that some rows were missed.
    private func pagesThatLackRows() -> [Int] {
        guard pages.isPaged, pages.readPages.count > 1 else { return [] }
        let moved = pages.pagesThatMayLackRows(entity: filter.entity, isNewestFirst: order.isNewestFirst)
        guard moved.isEmpty, request.isFromStart,
            pages.lacksRows(entity: filter.entity, isNewestFirst: order.isNewestFirst)
        else { return moved }
        return pages.readPages
    }

    /// Reads pages between which rows moved again, until no row can have been missed.
    ///
    /// - Parameter window: the window, which is cut again.
    /// - Returns: the problems that remain; nil: a page could not be read.
    private func findMovedRows(_ window: inout Window) async -> [FieldFailure]? {
        // A window chosen by page has the rows that are in its positions now, and no others.
        let isByPosition = request.offset != nil
        var sameReadings = 0
        var hasChanged = false
        for attempt in 0..<(isByPosition ? 1 : Self.mostReadings) {
            let lacking = pagesThatLackRows()
            guard !lacking.isEmpty else { return [] }
            let shown = reading(of: lacking)
            if isByPosition { pages.forget(lacking) } else { pages.forgetPlaces(of: lacking) }
            // In one order of reading, changes that cancel out look like wrong counts; in the reverse order they do not. The window may not
            // need a page that cannot be read.
            if !isByPosition, attempt.isMultiple(of: 2) { _ = await pages.fetch(lacking.reversed()) }
            guard let anew = await cut() else { return nil }
            window = anew
            guard !pagesThatLackRows().isEmpty else { return [] }
            // If repeated reads are equal, no rows have moved, and the count is wrong.
            let readAgain = lacking.filter { pages.rows(of: $0) != nil }
            let shownAgain = reading(of: readAgain)
            guard !readAgain.isEmpty, readAgain.allSatisfy({ shownAgain.keys[$0] == shown.keys[$0] }),
                isByPosition || readAgain.allSatisfy({ shownAgain.counts[$0] == shown.counts[$0] })
            else {
                hasChanged = true
                continue
            }
            sameReadings += readAgain.count
            guard isByPosition || !hasChanged && sameReadings >= Self.leastSameReadings else { continue }
            // Or rows are on several pages, because each page has an order of its own, and other rows on none.
            guard !pages.repeatRows(entity: filter.entity) else { return [.rowsMoved] }
            defer { pages.distrustCount() }
            guard needs.total, let contradiction = pages.contradiction else { return [] }
            return [.contradiction(contradiction)]
        }
        return pagesThatLackRows().isEmpty ? [] : [.rowsMoved]
    }

    /// The content of some of the pages: the keys of their rows, and the count that each states.
    private func reading(of numbers: [Int]) -> (keys: [Int: [OpaqueText?]], counts: [Int: Int]) {
        let keys = pages.keys(of: filter.entity).filter { numbers.contains($0.key) }
        return (keys, pages.extent.statedCounts.filter { numbers.contains($0.key) })
    }

    /// Reads another page, if the total is selected and only that page can show it; returns false if that failed.
    private func settleTotal() async -> Bool {
        guard needs.total, pages.isPaged, pages.totalNow == nil else { return true }
        // A missing page states no count, and that of a page without rows may only count itself; the first page decides.
        if pages.extent.lastFound == nil, pages.rows(of: 1) == nil {
            guard await pages.fetch([1]) != nil else { return false }
        }
        guard pages.extent.isTotalWorthAPage, let last = pages.extent.lastFound else { return true }
        return await pages.fetch([last.number + 1]) != nil
    }

    /// The reason why the total is unknown, if it is selected and the upstream counts rows; nil otherwise.
    private func unknownTotal(_ window: Window, isSettled: Bool) -> FieldFailure? {
        guard needs.total, pages.isPaged else { return nil }
        return window.gathered.failure ?? (isSettled ? FieldFailure.unknownTotal(pages.extent) : pages.failure)
    }
}
