internal import GraphQL
internal import JSON

extension CollectionPages {
    /// The contradiction between the count of the pages that were read and their rows; nil: there is none.
    var contradiction: CollectionExtent.Contradiction? { isPaged ? extent.contradiction : nil }

    /// Whether rows may have come or gone while pages were read: their counts differ, or do not count all rows.
    var mayHaveChanged: Bool { !extent.countMeaning.isTotal || !extent.countsAgree }

    /// Whether all pages were read, but rows moved between them, so that some were not seen.
    ///
    /// In that case a row is on two pages, or the pages' counts differ, and fewer distinct rows were read than there are.
    ///
    /// - Parameters:
    ///   - entity: the type whose key identifies rows.
    ///   - isNewestFirst: whether new rows come before all others.
    /// - Returns: whether rows are missing; false if that is unknown.
    func lacksRows(entity: Entity?, isNewestFirst: Bool) -> Bool {
        guard let entity, isPaged, extent.isComplete, let count = extent.statedTotal else { return false }
        let numbers = numbers(of: entity)
        // New rows before all others, created meanwhile, are on no page that is read. With another order such a row may be on a page while
        // another row is missing, until all pages have been read again since.
        let mayLackNewRows = isNewestFirst || earlier.contains(1)
        let least = mayLackNewRows ? extent.pages.reduce(count) { min($0, $1.count ?? $0) } : count
        guard numbers.distinct < least else { return false }
        return numbers.areOnSeveralPages || !extent.countsAgree
    }

    /// Whether all pages were read and state the same count, but some rows are on several pages and others on none.
    func repeatRows(entity: Entity?) -> Bool {
        guard let entity, isPaged, extent.isComplete, extent.countsAgree, let count = extent.statedTotal else {
            return false
        }
        let numbers = numbers(of: entity)
        return numbers.areOnSeveralPages && numbers.distinct < count
    }

    /// The pages between which a row may have been missed while both were read, as their counts show.
    ///
    /// Either a row before them was deleted after the first page was read, or one was created before the first was read, and after the
    /// second. If the first page ends with the rows with which the second begins, none can be missing between them; a row that is on both
    /// pages elsewhere has moved itself.
    ///
    /// - Parameters:
    ///   - entity: the type whose key identifies rows.
    ///   - isNewestFirst: whether new rows come before all others.
    /// - Returns: the numbers of the pages.
    func pagesThatMayLackRows(entity: Entity?, isNewestFirst: Bool) -> [Int] {
        guard isPaged, extent.countMeaning.isTotal else { return [] }
        let counts = statedCounts
        // PERF: hardly any list changes while it is read.
        let isSteady = earlier.isEmpty && counts.allSatisfy { $0.count == counts[0].count }
        let timeline = CountTimeline(isSteady ? [] : counts, isNewestFirst: isNewestFirst)
        func isUnbroken(_ page: Int, _ next: Int) -> Bool {
            if isSteady { return true }
            let nextReadings = readings(of: next)
            return readings(of: page).contains { reading in
                nextReadings.contains { timeline.isUnbroken(reading, $0) }
            }
        }
        let pairs = zip(extent.pages, extent.pages.dropFirst()).filter { page, next in
            guard next.number == page.number + 1, page.count != nil else { return false }
            // A last page that does not exist has no count: its rows may have moved to the page before it.
            if next.isMissing { return extent.isFollowedByPromisedPage(page) }
            guard reading(ofCountOn: page.number) != nil, reading(ofCountOn: next.number) != nil else { return false }
            return !isUnbroken(page.number, next.number) && !overlap(page.number, next.number, entity)
        }
        return Set(pairs.flatMap { [$0.number, $1.number] }).sorted()
    }

    /// The count that a page states, with its time; nil: it states none that includes the rows of other pages.
    func reading(ofCountOn page: Int) -> CountTimeline.Reading? {
        // The count of a page without rows may be its own.
        guard let read = extent.page(page), let count = read.count, count > 0 || read.found > 0 else { return nil }
        return CountTimeline.Reading(time: fetched.time(of: call(for: page)) ?? 0, count: count)
    }

    /// The counts of all pages that were fetched for this field or cached before.
    private var statedCounts: [CountTimeline.Reading] {
        let cached = extent.pages.filter { wasCachedBefore($0.number) }.compactMap { reading(ofCountOn: $0.number) }
        return cached + fetched.counts(of: list)
    }

    /// All readings of a page, the earlier ones first.
    private func readings(of page: Int) -> [CountTimeline.Reading] {
        earlier.readings(of: page) + [reading(ofCountOn: page)].compactMap(\.self)
    }

    /// Whether a page ends with the rows with which the next one begins.
    private func overlap(_ page: Int, _ next: Int, _ entity: Entity?) -> Bool {
        guard let entity else { return false }
        func keys(_ page: Int) -> [OpaqueText] {
            (rows(of: page) ?? []).compactMap { row in
                entity.key(of: row.node, in: row.document).map { OpaqueText($0) }
            }
        }
        let following = keys(next)
        let ending = keys(page).drop { $0 != following.first }
        return !ending.isEmpty && following.starts(with: ending)
    }

    /// The keys of the rows of each page that was read: equal for two readings if no row moved between them.
    func keys(of entity: Entity?) -> [Int: [OpaqueText?]] {
        rowsOfPage.mapValues { rows in
            rows.map { row in entity?.key(of: row.node, in: row.document).map { OpaqueText($0) } }
        }
    }

    /// Whether the pages that were read have every row of the collection as of the same time, as far as can be known.
    ///
    /// - Parameter entity: the type whose key identifies rows.
    /// - Returns: whether they do; false also if rows moved while they were read, or if the pages lack rows, which the pages of
    ///   another list may have.
    func holdEveryRow(entity: Entity?) -> Bool {
        guard isPaged else { return true }
        guard isComplete, extent.countsAgree else { return false }
        guard let entity else { return extent.contradiction == nil }
        let numbers = numbers(of: entity)
        if let count = extent.statedTotal { return numbers.distinct >= count }
        // A count of more rows is either wrong, or right and the pages have lost some rows.
        if extent.pages.contains(where: { $0.count ?? 0 > numbers.distinct }) { return false }
        return numbers.distinct == numbers.all && !extent.hasShortPageWithin
    }

    /// Whether all pages from the first to the last have been read.
    private var isComplete: Bool {
        guard let last = extent.lastFound else { return extent.isEnded }
        return isEnd(after: last.number) && extent.sum(through: last.number) != nil
    }

    /// The numbers of rows that were read.
    private struct RowNumbers {
        var all = 0
        /// The number of distinct rows.
        var distinct = 0
        /// Whether a row is on several pages.
        var areOnSeveralPages = false
    }

    private func numbers(of entity: Entity) -> RowNumbers {
        var pageOfKey: [OpaqueText: Int] = [:]
        var numbers = RowNumbers()
        let countsObjectsOnly = extent.mostFound > extent.requestedSize
        for page in readPages {
            for row in rows(of: page) ?? [] {
                // An element that makes a page longer than requested is not one of the counted rows.
                if countsObjectsOnly, row.document.json.node(row.node).kind != .object { continue }
                numbers.all += 1
                guard let key = entity.key(of: row.node, in: row.document),
                    let other = pageOfKey.updateValue(page, forKey: OpaqueText(key))
                else {
                    numbers.distinct += 1
                    continue
                }
                if other != page { numbers.areOnSeveralPages = true }
            }
        }
        return numbers
    }
}

extension CollectionExtent {
    /// The count that each page states, by page number.
    var statedCounts: [Int: Int] {
        pages.reduce(into: [:]) { counts, page in counts[page.number] = page.count }
    }

    /// Whether a page is full, and the next one is the last one by its count.
    func isFollowedByPromisedPage(_ page: Page) -> Bool {
        guard let count = page.count, page.found >= pageSize else { return false }
        return count > page.number * pageSize && count <= (page.number + 1) * pageSize
    }

    /// Whether all pages state the same count.
    var countsAgree: Bool {
        guard countMeaning.isTotal else { return true }
        let counts = pages.compactMap(\.count)
        return counts.dropFirst().allSatisfy { $0 == counts[0] }
    }
}

extension FieldFailure {
    /// The failure of a list whose rows moved while they were read, and again when they were read a second time.
    static let rowsMoved = FieldFailure(
        .upstreamInvalidResponse,
        "Rows moved between pages while the collection was read, so that some may be missing."
    )

    /// The failure of a collection whose count contradicts its rows.
    static func contradiction(_ contradiction: CollectionExtent.Contradiction) -> FieldFailure {
        switch contradiction {
        case .countTooHigh(let count, let found), .countTooLow(let count, let found):
            FieldFailure(
                .upstreamInvalidResponse,
                "The upstream counts \(count) rows of the collection, but its pages have \(found).",
                more: ["count": .integer(count), "found": .integer(found)]
            )
        }
    }

    /// The failure of a row that does not fit its type, and is left out.
    static func leftOut(_ position: RowPosition, _ requirement: RowFilter.Requirement) -> FieldFailure {
        let problem = if case .object = requirement { "is not an object" } else { "is null" }
        return FieldFailure(
            .upstreamInvalidResponse,
            "Row \(position.index + 1) of page \(position.page) \(problem), and is left out."
        )
    }
}
