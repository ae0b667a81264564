/// Which pages of a collection are read to find objects by their keys, before what is left is fetched one by one.
///
/// A page that has none of the keys is in vain. Each call that a page saves allows for one more page, and so does a single
/// object that was found although no page had it: what exists is likely to be in the pages that are left.
struct EntityCallPlan: Sendable {
    /// The known state of the collection's pages.
    struct Pages: Sendable {
        /// How many there are; nil: unknown.
        let count: Int?
        /// Those that cost no call.
        let cached: Set<Int>
        /// Whether the collection comes in pages.
        let isPaged: Bool
        /// Whether no rows follow the pages that have been read.
        let isExhausted: Bool
    }

    /// The next step.
    enum Step: Sendable, Equatable {
        /// Read pages.
        case pages([Int])
        /// Fetch one object by itself: if it exists, further pages are worth their calls.
        case probe
        /// Fetch what is left one by one.
        case singleObjects
    }

    /// As many keys as this are worth a look at the first page of a collection of unknown size.
    static let fewestKeysForProbe = 3
    /// More pages than this are hardly all cached when the last of them is there.
    private static let mostPages = 100

    /// How many pages may be read in vain.
    private var allowance: ScanAllowance
    private var done: Set<Int> = []
    private var cost = 0
    private var found = 0
    private var lastFound = 0
    private var pagesWithKeys: Set<Int> = []

    /// - Parameter keys: how many keys are looked for.
    init(keys: Int) {
        allowance = ScanAllowance(keys: keys)
    }

    /// The most pages that are read in vain: each key may still be fetched by itself after that.
    ///
    /// Keys that are looked for together share an allowance. Small batches have more of it than their share, but pages that
    /// one has read cost the others nothing.
    ///
    /// - Parameters:
    ///   - keys: how many keys there are, in whatever batches.
    ///   - workspaces: how many workspaces they are from at most.
    ///   - deduplicates: whether a request makes each call once.
    /// - Returns: the number of pages.
    static func mostCallsInVain(keys: Int, workspaces: Int, deduplicates: Bool) -> Int {
        guard keys > 1 else { return 0 }
        return deduplicates ? min(keys - 1, keys / 4 + 3 * max(1, workspaces)) : keys / 2
    }

    /// The last page that was read.
    var lastRead: Int? { done.max() }

    /// The pages that are left, as far as their number is known, in the order in which they are read.
    ///
    /// Keys of one search are often neighbors, at the beginning or at the end.
    private func unread(of pages: Pages) -> [Int] {
        guard let count = pages.count else { return [] }
        let ends = count > 1 ? [1, count] : [1]
        let unread = (ends + Array(1...max(1, count)).dropFirst().dropLast()).filter { !done.contains($0) }
        guard areClustered else { return unread }
        func distance(_ page: Int) -> Int { pagesWithKeys.map { abs($0 - page) }.min() ?? 0 }
        return unread.sorted { distance($0) < distance($1) }
    }

    /// Whether most of what was found was near each other.
    private var areClustered: Bool { !pagesWithKeys.isEmpty && pagesWithKeys.count * 2 < done.count }

    /// The next step.
    ///
    /// - Parameters:
    ///   - pages: what is known of the collection's pages.
    ///   - open: how many keys are still looked for.
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
        // Keys that lie together may be found before all pages are read.
        let most = areClustered ? (paid.count + 1) / 2 : paid.count
        let wave = Set(paid.prefix(min(allowed, most)))
        return .pages(unread.filter { wave.contains($0) || pages.cached.contains($0) })
    }

    /// Pages of a collection of unknown size are read on as long as each saves more than it costs.
    private func nextPageOfUnknownCount(_ pages: Pages, open: Int) -> Step {
        guard open >= Self.fewestKeysForProbe, let last = done.max() else {
            return open >= Self.fewestKeysForProbe ? .pages([1]) : .singleObjects
        }
        return pages.isPaged && lastFound > 1 && !pages.isExhausted ? .pages([last + 1]) : .singleObjects
    }

    /// Notes pages that were read.
    ///
    /// - Parameters:
    ///   - pages: their numbers.
    ///   - cost: how many calls they took.
    ///   - found: how many keys were found in them.
    ///   - pagesWithKeys: the pages in which these were.
    mutating func didRead(_ pages: [Int], cost: Int, found: Int, in pagesWithKeys: Set<Int>) {
        self.pagesWithKeys.formUnion(pagesWithKeys)
        done.formUnion(pages)
        self.cost += cost
        self.found += found
        lastFound = found
    }

    /// Notes whether an object exists that no page has shown; false if no more pages are worth their calls.
    mutating func didProbe(exists: Bool, _ pages: Pages) -> Bool {
        guard exists else { return false }
        return allowance.grant(unread(of: pages).count { !pages.cached.contains($0) } / 2)
    }
}
