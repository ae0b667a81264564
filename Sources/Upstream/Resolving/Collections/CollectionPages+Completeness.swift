internal import GraphQL
internal import JSON

extension CollectionPages {
    /// How the count of the pages that were read contradicts their rows.
    var contradiction: CollectionExtent.Contradiction? { isPaged ? extent.contradiction : nil }

    /// Whether rows may have come or gone while pages were read: these count differently, or not all rows.
    var mayHaveChanged: Bool { !extent.countMeaning.isTotal || !extent.countsAgree }

    /// Whether all pages were read, but rows moved between them, so that some were not seen.
    ///
    /// Then a row stands on two pages, or the pages count differently, and fewer rows differ than there are.
    ///
    /// - Parameters:
    ///   - entity: whose key identifies rows.
    ///   - isNewestFirst: whether new rows stand in front of all others.
    /// - Returns: false also where that is not known.
    func lacksRows(entity: Entity?, isNewestFirst: Bool) -> Bool {
        guard let entity, isPaged, extent.isComplete, let count = extent.statedTotal else { return false }
        let numbers = numbers(of: entity)
        // Rows that are created meanwhile in front of all others are on no page that is read. Elsewhere one of them may be on a
        // page, and another row may be missing for it, until all pages have been read again since.
        let mayLackNewRows = isNewestFirst || earlier.contains(1)
        let least = mayLackNewRows ? extent.pages.reduce(count) { min($0, $1.count ?? $0) } : count
        guard numbers.distinct < least else { return false }
        return numbers.areOnSeveralPages || !extent.countsAgree
    }

    /// Whether all pages were read, and state the same number of rows, of which some stand on several pages and others on none.
    func repeatRows(entity: Entity?) -> Bool {
        guard let entity, isPaged, extent.isComplete, extent.countsAgree, let count = extent.statedTotal else {
            return false
        }
        let numbers = numbers(of: entity)
        return numbers.areOnSeveralPages && numbers.distinct < count
    }

    /// The pages between which a row may have been lost while both were read, as the numbers of rows show that they state.
    ///
    /// Either a row before them went after the first was read, or one came before the first was, and after the second.
    /// Where the first page ends with the rows that the second begins with, none can be missing between them. A row that stands on
    /// both elsewhere has moved itself.
    ///
    /// - Parameters:
    ///   - entity: whose key identifies rows.
    ///   - isNewestFirst: whether new rows stand in front of all others.
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
            guard next.number == page.number + 1, let count = page.count else { return false }
            // A last page that is not there states no count: its rows may have moved to the one before.
            if next.isMissing {
                let wasLast = count > page.number * pageSize && count <= next.number * pageSize
                return wasLast && page.found >= pageSize
            }
            guard reading(ofCountOn: page.number) != nil, reading(ofCountOn: next.number) != nil else { return false }
            return !isUnbroken(page.number, next.number) && !overlap(page.number, next.number, entity)
        }
        return Set(pairs.flatMap { [$0.number, $1.number] }).sorted()
    }

    /// The number of rows that a page states, and when; nil: it states none that counts those of others.
    func reading(ofCountOn page: Int) -> CountTimeline.Reading? {
        // The count of a page without rows may be its own.
        guard let read = extent.page(page), let count = read.count, count > 0 || read.found > 0 else { return nil }
        return CountTimeline.Reading(time: fetched.time(of: call(for: page)) ?? 0, count: count)
    }

    /// The numbers of rows that pages have stated whenever they were fetched for this field, or before, if they were cached then.
    private var statedCounts: [CountTimeline.Reading] {
        let cached = extent.pages.filter { wasCachedBefore($0.number) }.compactMap { reading(ofCountOn: $0.number) }
        return cached + fetched.counts(of: list)
    }

    /// All readings of a page.
    private func readings(of page: Int) -> [CountTimeline.Reading] {
        earlier.readings(of: page) + [reading(ofCountOn: page)].compactMap(\.self)
    }

    /// Whether a page ends with the rows that the next one begins with.
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

    /// The keys of the rows of each page that was read: the same in two readings, if no row moved between them.
    func keys(of entity: Entity?) -> [Int: [OpaqueText?]] {
        rowsOfPage.mapValues { rows in
            rows.map { row in entity?.key(of: row.node, in: row.document).map { OpaqueText($0) } }
        }
    }

    /// Whether the pages that were read hold every row of the collection, each as of the same time, as far as can be known.
    ///
    /// - Parameter entity: whose key identifies rows.
    /// - Returns: false also where rows moved while they were read, and where the pages lack rows, which the pages of another
    ///   list may show.
    func holdEveryRow(entity: Entity?) -> Bool {
        guard isPaged else { return true }
        guard isComplete, extent.countsAgree else { return false }
        guard let entity else { return extent.contradiction == nil }
        let numbers = numbers(of: entity)
        if let count = extent.statedTotal { return numbers.distinct >= count }
        // A count of more rows may be wrong, or right, and the pages have lost some of them.
        if extent.pages.contains(where: { $0.count ?? 0 > numbers.distinct }) { return false }
        return numbers.distinct == numbers.all && !extent.hasShortPageWithin
    }

    /// Whether all pages from the first to the last have been read.
    private var isComplete: Bool {
        guard let last = extent.lastFound else { return extent.isEnded }
        return isEnd(after: last.number) && extent.sum(through: last.number) != nil
    }

    /// The rows that were read, counted.
    private struct RowNumbers {
        var all = 0
        /// How many of them differ.
        var distinct = 0
        /// Whether one of them stands on several pages.
        var areOnSeveralPages = false
    }

    private func numbers(of entity: Entity) -> RowNumbers {
        var pageOfKey: [OpaqueText: Int] = [:]
        var numbers = RowNumbers()
        let countsObjectsOnly = extent.mostFound > extent.requestedSize
        for page in readPages {
            for row in rows(of: page) ?? [] {
                // What makes a page longer than it was asked to be is not one of the rows that are counted.
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
    /// The number of rows that each page states.
    var statedCounts: [Int: Int] {
        pages.reduce(into: [:]) { counts, page in counts[page.number] = page.count }
    }

    /// Whether all pages state the same number of rows.
    var countsAgree: Bool {
        guard countMeaning.isTotal else { return true }
        let counts = pages.compactMap(\.count)
        return counts.dropFirst().allSatisfy { $0 == counts[0] }
    }
}

extension FieldFailure {
    /// Rows moved while they were read, and again when they were read anew.
    static let rowsMoved = FieldFailure(
        .upstreamInvalidResponse,
        "Rows moved between pages while the collection was read, so that some may be missing."
    )

    /// Rows and count of a collection do not agree.
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

    /// A row is something else than an object.
    static func leftOut(_ position: RowPosition, _ requirement: RowFilter.Requirement) -> FieldFailure {
        let problem = if case .object = requirement { "is not an object" } else { "is null" }
        return FieldFailure(
            .upstreamInvalidResponse,
            "Row \(position.index + 1) of page \(position.page) \(problem), and is left out."
        )
    }
}
