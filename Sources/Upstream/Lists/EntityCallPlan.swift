/// The pages of a collection that are read to find objects by their keys, before the rest is fetched one by one.
///
/// A page without any of the keys is read in vain. Each call that a page saves allows one more page, and so does a single object that
/// was found although no page had it: objects that exist are probably in the remaining pages.
struct EntityCallPlan: Sendable {
    /// The known state of the collection's pages.
    struct Pages: Sendable {
        /// The number of pages; nil: unknown.
        let count: Int?
        /// The numbers of the pages that cost no call.
        let cached: Set<Int>
        /// Whether the collection is paged.
        let isPaged: Bool
        /// Whether no rows follow the pages that have been read.
        let isExhausted: Bool
    }

    /// The next step.
    enum Step: Sendable, Equatable {
        /// Read the pages with these numbers.
        case pages([Int])
        /// Fetch one object by itself: if it exists, further pages are worth their calls.
        case probe
        /// Fetch the rest one by one.
        case singleObjects
    }

    /// The number of keys from which on the first page of a collection of unknown size is worth a call.
    static let fewestKeysForProbe = 3
    /// The most pages that are read: of more pages, the first would no longer be cached when the last arrives.
    private static let mostPages = 100

    /// The number of pages that may be read in vain.
    private var allowance: ScanAllowance
    private var done: Set<Int> = []
    private var cost = 0
    private var found = 0
    private var lastFound = 0
    private var pagesWithKeys: Set<Int> = []

    /// - Parameter keys: the number of keys to find.
    init(keys: Int) {
        allowance = ScanAllowance(keys: keys)
    }

    /// The most pages that are read in vain, in addition to one call for each key.
    ///
    /// Keys of one search share an allowance. Several small searches have more of it than one, but pages that one has read cost the others
    /// nothing.
    ///
    /// - Parameters:
    ///   - keys: the number of keys of all searches.
    ///   - workspaces: the most workspaces of the keys.
    ///   - deduplicates: whether a request makes each call once.
    /// - Returns: the number of pages.
    static func mostCallsInVain(keys: Int, workspaces: Int, deduplicates: Bool) -> Int {
        guard keys > 1 else { return 0 }
        return deduplicates ? min(keys - 1, keys / 4 + 3 * max(1, workspaces)) : keys / 2
    }

    /// The last page that was read.
    var lastRead: Int? { done.max() }

    /// The pages that have not been read, as far as their number is known, in the order in which they are read.
    ///
    /// Keys of one search are often close together, at the beginning or at the end.
    private func unread(of pages: Pages) -> [Int] {
        guard let count = pages.count else { return [] }
        let ends = count > 1 ? [1, count] : [1]
        let unread = (ends + Array(1...max(1, count)).dropFirst().dropLast()).filter { !done.contains($0) }
        guard areClustered else { return unread }
        func distance(_ page: Int) -> Int { pagesWithKeys.map { abs($0 - page) }.min() ?? 0 }
        return unread.sorted { distance($0) < distance($1) }
    }

    /// Whether most found keys were on few pages.
    private var areClustered: Bool { !pagesWithKeys.isEmpty && pagesWithKeys.count * 2 < done.count }

    /// The next step.
    ///
    /// - Parameters:
    ///   - pages: the known state of the collection's pages.
    ///   - open: the number of keys that have not been found.
    /// - Returns: the step.
    func nextStep(_ pages: Pages, open: Int) -> Step {
        guard open > 1, pages.isPaged || open >= Self.fewestKeysForProbe, pages.isPaged || done.isEmpty else {
            return .singleObjects
        }
        guard let count = pages.count else { return nextPageOfUnknownCount(pages, open: open) }
        guard count <= max(Self.mostPages, 2 * open) else { return .singleObjects }
        let unread = unread(of: pages)
        let paid = unread.filter { !pages.cached.contains($0) }
        guard !unread.isEmpty, paid.count < open else { return .singleObjects }
        let allowed = max(0, found + allowance.granted - cost)
        if allowed == 0, paid.count == unread.count { return allowance.isExhausted ? .singleObjects : .probe }
        // Keys that are close together may be found before all pages are read.
        let most = areClustered ? (paid.count + 1) / 2 : paid.count
        let wave = Set(paid.prefix(min(allowed, most)))
        return .pages(unread.filter { wave.contains($0) || pages.cached.contains($0) })
    }

    /// The next step for a collection of unknown size, whose pages are read as long as each saves more calls than it costs.
    private func nextPageOfUnknownCount(_ pages: Pages, open: Int) -> Step {
        guard open >= Self.fewestKeysForProbe, let last = done.max() else {
            return open >= Self.fewestKeysForProbe ? .pages([1]) : .singleObjects
        }
        return pages.isPaged && lastFound > 1 && !pages.isExhausted ? .pages([last + 1]) : .singleObjects
    }

    /// Records pages that were read.
    ///
    /// - Parameters:
    ///   - pages: their numbers.
    ///   - cost: the number of calls that they took.
    ///   - found: the number of keys that were found in them.
    ///   - pagesWithKeys: the numbers of the pages that had keys.
    mutating func didRead(_ pages: [Int], cost: Int, found: Int, in pagesWithKeys: Set<Int>) {
        self.pagesWithKeys.formUnion(pagesWithKeys)
        done.formUnion(pages)
        self.cost += cost
        self.found += found
        lastFound = found
    }

    /// Records whether an object exists that no page has shown; returns false if no more pages are worth their calls.
    mutating func didProbe(exists: Bool, _ pages: Pages) -> Bool {
        guard exists else { return false }
        return allowance.grant(unread(of: pages).count { !pages.cached.contains($0) } / 2)
    }
}
