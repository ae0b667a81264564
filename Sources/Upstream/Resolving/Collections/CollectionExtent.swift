/// The extent of a collection, as the pages that have been read show it.
///
/// Only this type knows the meaning of a page, its count and an end. From the pages that were read it derives the continuation after a
/// page, the pages that are worth a call, the number of rows, and whether page and count contradict each other.
struct CollectionExtent: Sendable, Hashable {
    /// A page that has been read.
    struct Page: Sendable, Hashable {
        /// The number of the page, from 1.
        let number: Int
        /// The number of elements of its list.
        let found: Int
        /// The count that it states; nil: none.
        let count: Int?
        /// Whether the upstream responded that the page does not exist.
        var isMissing = false
        /// The number of elements that are no objects, or that repeat an earlier row of the page.
        var surplus = 0
        /// How many of its rows stand on a page before it.
        var repeated = 0

        /// The number of its distinct rows.
        var rows: Int { found - surplus }

        /// Whether its count may be that of its own rows, with or without those that are no objects or repeated.
        var countsOwnRows: Bool { count == found || count == rows }
    }

    /// The continuation after a page.
    enum Continuation: Sendable, Hashable {
        /// More rows, as far as the upstream's pages and counts show.
        case rows
        /// Either more rows or none: only another page can show which.
        case unknown
        /// No rows.
        case end
    }

    /// The number of rows that is requested with each page.
    let requestedSize: Int
    /// The habits as known before the first page, updated by those of other lists.
    private(set) var known: PagingHabits
    /// The number of rows when pages were recently seen to end with a full one; nil: unknown.
    let recentTotal: Int?
    /// The number of rows that an earlier request found; there may be fewer or more by now; nil: unknown.
    let earlierTotal: Int?
    /// Whether a write since then may concern the collection's rows.
    let hasWrites: Bool
    /// The pages that have been read, by number.
    private(set) var pages: [Page] = []
    /// The count of the page that was read last.
    private(set) var latestCount: Int?

    /// The numbers of rows at which upstreams usually cap pages: a page whose count is one of them may only count its own rows.
    static let usualCaps = [20, 25, 50]

    /// Makes the extent before any page is read.
    init(
        requestedSize: Int,
        known: PagingHabits = PagingHabits(),
        recentTotal: Int? = nil,
        earlierTotal: Int? = nil,
        hasWrites: Bool = false
    ) {
        self.requestedSize = requestedSize
        self.known = known
        self.recentTotal = recentTotal
        self.earlierTotal = earlierTotal
        self.hasWrites = hasWrites
    }

    /// Adds a page, or replaces it.
    mutating func read(_ page: Page) {
        if let count = page.count { latestCount = count }
        guard let index = pages.firstIndex(where: { $0.number >= page.number }) else { return pages.append(page) }
        if pages[index].number == page.number { pages[index] = page } else { pages.insert(page, at: index) }
    }

    /// Takes what is known of the rows of a page that has been read.
    mutating func note(surplus: Int, repeated: Int, of number: Int) {
        guard let index = pages.firstIndex(where: { $0.number == number }) else { return }
        (pages[index].surplus, pages[index].repeated) = (surplus, repeated)
    }

    /// Removes a page, which is read again.
    mutating func forget(_ number: Int) {
        pages.removeAll { $0.number == number }
        latestCount = pages.last { $0.count != nil }?.count
    }

    /// Fills in habits that other lists have shown.
    mutating func learn(_ habits: PagingHabits) { known = known.filled(from: habits) }

    /// Records that counts differ from page to page repeatedly, so that they are not used.
    mutating func distrustCount() { known.count = .wrong }

    /// The page of a number, if it has been read.
    func page(_ number: Int) -> Page? { pages.first { $0.number == number } }

    // MARK: - Numbers of rows

    /// The number of rows of the pages from the first up to `number`; nil: not all of them have been read.
    func sum(through number: Int) -> Int? {
        var sum = 0
        var next = 1
        for page in pages where page.number <= number {
            guard page.number == next else { return nil }
            sum += page.rows
            next += 1
        }
        return next == number + 1 ? sum : nil
    }

    /// How many rows of the pages up to one stand on several of them, as often as they come again.
    func repeated(through number: Int) -> Int {
        pages.reduce(0) { $1.number <= number ? $0 + $1.repeated : $0 }
    }

    /// The number of rows up to the last one of a page: counted, or computed as if all pages before it were full.
    func reached(_ page: Page) -> Int {
        sum(through: page.number) ?? (page.number - 1) * pageSize + page.rows
    }

    /// The fewest rows that there can be up to the last one of a page.
    func certainlyReached(_ page: Page) -> Int {
        if let sum = sum(through: page.number) { return sum }
        if isPageSizeProven, known.shortPage != .anywhere, !isAfterShort(page) {
            return (page.number - 1) * pageSize + page.rows
        }
        return pages.reduce(0) { $1.number <= page.number ? $0 + $1.rows : $0 }
    }

    /// Whether a page before another one is not full: then pages before it that were not read may not be full either.
    private func isAfterShort(_ page: Page) -> Bool {
        pages.contains { $0.number < page.number && $0.found < pageSize }
    }

    // MARK: - Meaning of the count

    /// The meaning of the count, according to the known habits and the pages read.
    var countMeaning: PagingHabits.CountMeaning {
        if known.count == .wrong { return .wrong }
        // PERF: asked thirty times for each window that is cut from a cached page; an array of the counts took six times as long.
        var (isCounted, others, hasRows, countsOwnRows) = (false, false, false, true)
        for page in pages {
            if page.found > 0 { hasRows = true }
            guard page.count != nil else { continue }
            isCounted = true
            if page.number > 1 { others = true }
            if !page.countsOwnRows { countsOwnRows = false }
        }
        guard isCounted else { return known.count }
        if countsOwnRows { return others && hasRows ? .page : known.count }
        let isTooLow = pages.contains { page in
            guard page.found > 0, let count = page.count else { return false }
            return count < certainlyReached(page) - repeated(through: page.number)
        }
        if isTooLow { return .wrong }
        return known.count == .provenTotal ? .provenTotal : .total
    }

    /// The number of rows that the upstream's count states; nil: its count does not mean that, or there is none.
    var statedTotal: Int? { countMeaning.isTotal ? latestCount : nil }

    /// The number of the last page according to the count; nil: unknown.
    var statedLastPage: Int? { statedTotal.map { Self.pages(of: $0, size: pageSize) } }

    private static func pages(of rows: Int, size: Int) -> Int {
        max(1, rows / size + (rows % size == 0 ? 0 : 1))
    }

    // MARK: - The end

    /// The last page that has rows, of those that have been read.
    var lastFound: Page? { pages.last { $0.found > 0 } }

    /// Whether pages that were read and have no rows show that no rows follow a page.
    func isFollowedByNothing(_ number: Int) -> Bool {
        guard let first = page(number + 1) else { return false }
        guard !first.isMissing else { return true }
        guard let last = statedLastPage else { return !mayBeHidden(first) || page(number + 2) != nil }
        // The count says that this page has rows too: either it is wrong, or the page has lost them, and the next one may have some.
        guard number + 1 <= last else { return true }
        guard let second = page(number + 2) else { return false }
        return second.isMissing || number + 2 >= last || page(last) != nil
    }

    /// Whether a page without rows may have lost them although others follow, where no count shows the number of rows.
    private func mayBeHidden(_ empty: Page) -> Bool {
        // If pages have lost rows, a count that has been wrong may be right now, and say that rows are on this page or after it.
        let isPromised = countMeaning == .wrong && latestCount ?? 0 > (empty.number - 1) * pageSize
        if isPromised, known.shortPage == .anywhere { return true }
        guard empty.number > 1 else {
            let isCounted = empty.count == 0 && known.count == .unknown
            return !isCounted && !known.firstPageHasRows && recentTotal != 0
        }
        // A page that is not full is the last one, if nothing follows it.
        return page(empty.number - 1).map { $0.found >= pageSize } ?? false
    }

    /// The continuation after a page.
    func continuation(after number: Int) -> Continuation {
        let last = lastFound
        if let last, number < last.number { return .rows }
        if isFollowedByNothing(last?.number ?? 0) { return .end }
        guard let last, number == last.number else {
            if let page = page(number), page.isMissing { return .end }
            guard let stated = statedTotal else {
                return page(number) == nil || number == (last?.number ?? 0) + 1 ? .unknown : .end
            }
            if number * pageSize < stated { return page(number) == nil ? .rows : .unknown }
            // A page without the rows that the count puts on it contradicts the count: only another page shows the end.
            return page(number) != nil && (number - 1) * pageSize < stated ? .unknown : .end
        }
        return last.found >= pageSize ? continuation(afterFull: last) : continuation(afterShort: last)
    }

    private func continuation(afterFull page: Page) -> Continuation {
        let end = page.number * pageSize
        guard let stated = statedTotal else {
            let isSame = page.count == nil || page.countsOwnRows || page.count == end
            return recentTotal == end && isSame ? .end : .unknown
        }
        if end < stated { return .rows }
        if let sum = sum(through: page.number), sum < stated { return known.countsHiddenRows ? .end : .unknown }
        return end == stated && countMeaning == .provenTotal ? .end : .unknown
    }

    private func continuation(afterShort page: Page) -> Continuation {
        if let stated = statedTotal {
            let mayFollow: Continuation = page.number * pageSize < stated ? .rows : .unknown
            if let sum = sum(through: page.number) {
                if sum >= stated { return .end }
                // If some rows are counted but hidden, the list ends here only if all of them must be on this page or before.
                let areCovered = page.number * leastPageSize >= stated
                return known.countsHiddenRows && mayFollow == .unknown && areCovered ? .end : mayFollow
            }
            if mayFollow == .rows { return .rows }
            // If the size of a full page is unknown, more rows than the count show that it is smaller than assumed.
            let position = (page.number - 1) * pageSize + page.found
            let missing = pages.reduce(0) { $1.number < page.number ? $0 + max(0, pageSize - $1.found) : $0 }
            // Rows that the count includes may follow this page, if pages before it have lost some.
            guard known.countsHiddenRows || (position - missing >= stated && known.shortPage != .anywhere) else {
                return .unknown
            }
            return isPageSizeProven || position == stated ? .end : .unknown
        }
        return known.shortPage == .anywhere || mayBeCut(page) || promisesRows(page) ? .unknown : .end
    }

    /// Whether a count that has been wrong before states that more rows follow a page: it may be right this time.
    private func promisesRows(_ page: Page) -> Bool {
        guard countMeaning == .wrong, let latestCount else { return false }
        let reached = reached(page)
        return latestCount > reached && recentTotal != reached
    }

    /// Whether a short page may be cut or capped, although its count does not state that more rows follow.
    private func mayBeCut(_ page: Page) -> Bool {
        // If the size of a full page is known, there is no other cap, and few rows are hidden.
        if isPageSizeProven {
            let isFirst = page.number == 1 && page.countsOwnRows && known.count == .unknown
            if isFirst, recentTotal != reached(page), mayLackRows(page) { return true }
            return page.found * 10 >= pageSize * 9
        }
        guard page.found * PagingHabits.leastPart >= requestedSize, recentTotal != reached(page) else { return false }
        if page.countsOwnRows, known.count == .unknown, !mayLackRows(page) { return false }
        guard case .last(let most) = known.shortPage else { return true }
        // Rows that were found before may be on the next page now, at least in another order, and so may a new row.
        if let earlierTotal, earlierTotal > reached(page) || hasWrites { return true }
        // As many rows as on an earlier last page may be a cap that this list has by chance, if the number is round.
        return page.found > most || page.found == most && page.found.isMultiple(of: 5)
    }

    /// Whether a page that counts its own rows may be followed by others.
    ///
    /// It may if it has as many rows as a usual cap allows, or as many as a full page of which some are hidden. Otherwise its count is
    /// more likely the number of all rows, and a call for the page after each such page would cost every workspace.
    private func mayLackRows(_ page: Page) -> Bool {
        Self.usualCaps.contains(page.found) || page.found * 4 >= requestedSize * 3
    }

    /// Whether a page is most likely the last one, although only another page could prove it.
    func isProbableEnd(_ number: Int) -> Bool {
        guard let page = page(number), page.found > 0, page.found < pageSize, number == lastFound?.number else {
            return false
        }
        return statedTotal == nil && known.shortPage != .anywhere
    }

    /// Whether a full page is the last one according to the count and the rows before it.
    ///
    /// Only another page could prove it.
    func isEndByCount(_ number: Int) -> Bool {
        guard let page = page(number), number == lastFound?.number, page.found >= requestedSize else { return false }
        return sum(through: number) == statedTotal
    }

    /// Whether the rows up to the last one of a full page are as many as the count: only pages without rows can follow.
    func reachesCount(_ number: Int) -> Bool {
        guard let page = page(number), number == lastFound?.number, page.found >= requestedSize else { return false }
        return reached(page) == statedTotal
    }

    /// Whether a page is worth a call if the rows before it are not enough.
    func isWorthReading(_ number: Int) -> Bool {
        page(number) == nil && (number == 1 || continuation(after: number - 1) != .end)
    }

    /// The pages to read next after a page, when more rows are wanted: the following ones, and where an empty page leaves
    /// open whether it is the end, the last one by the count.
    func next(after number: Int, rows: Int) -> [Int] {
        var start = number + 1
        while page(start) != nil { start += 1 }
        guard isWorthReading(start) else { return [] }
        let last = statedLastPage
        if let page = page(start - 1), page.found == 0 {
            guard let last, last > start, self.page(last) == nil else { return [start] }
            return page.number == 1 || self.page(start - 2)?.found == 0 ? [start, last] : [start]
        }
        guard let last, start < last else { return [start] }
        let count = max(1, Self.pages(of: max(1, rows), size: pageSize))
        return Array(start...min(last, start + count - 1))
    }

    /// The number of the last page that has rows, and 1 for a collection without rows; nil: unknown.
    var lastPage: Int? {
        if isEnded { return max(1, lastFound?.number ?? 1) }
        return statedLastPage
    }

    /// Whether a page has shown where the collection ends.
    var isEnded: Bool {
        guard let last = lastFound else {
            return page(1) != nil && (statedTotal == 0 || isFollowedByNothing(0) || continuation(after: 1) == .end)
        }
        return continuation(after: last.number) == .end
    }

    /// Whether all pages that have rows have been read.
    var isComplete: Bool { isEnded && sum(through: max(1, lastFound?.number ?? 1)) != nil }

    /// The number of rows, if pages or the count show it; nil: unknown.
    var total: Int? {
        guard isEnded else { return statedTotal }
        if contradiction != nil { return lastFound.map { reached($0) } ?? 0 }
        if let statedTotal { return countsAgree ? statedTotal : lastFound.map { reached($0) } ?? statedTotal }
        guard let last = lastFound else { return 0 }
        // Where pages have more rows than were asked for, nobody knows how many those before have. A row that stands twice on its
        // page makes that one longer.
        if known.shortPage == .anywhere || mostFound > requestedSize + 1 { return sum(through: last.number) }
        return reached(last)
    }
}
