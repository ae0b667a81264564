internal import GraphQL
internal import JSON

/// The collection that holds the rows of all parents, read instead of a collection for each of them.
///
/// How large it is shows only when it is read, so that the first page can be in vain. No more than two calls are: the
/// first page, and where the upstream does not tell how many rows there are, the one after which they should end.
struct WholeCollection {
    let pages: CollectionPages
    /// The member of a row that holds its parent's key.
    let owner: JSONKey

    /// The most calls that are made in vain.
    static let mostCallsInVain = 2

    /// All rows in order; nil if other calls are fewer, a page failed, or rows do not tell whose they are.
    ///
    /// - Parameters:
    ///   - calls: how many calls the rows take otherwise.
    ///   - expected: how many pages there probably are.
    /// - Returns: the rows.
    func read(insteadOf calls: Int, expecting expected: Int) async -> [CollectionPages.Row]? {
        // Of more pages than this, hardly enough are kept.
        guard expected <= max(100, 2 * calls), pages.cost(of: 1...max(1, expected)) < calls,
            var rows = await pages.fetch([1]),
            stateOwner(rows)
        else { return nil }
        var mark: Int?
        if !pages.isExhausted(after: 1), !pages.isTotalKnownNow {
            // A full page, and no word of how many rows there are: another one tells, if they end in it or before.
            let end = max(2, expected)
            guard calls > Self.mostCallsInVain, pages.cost(of: 2...end) < calls, let last = await pages.fetch([end]),
                pages.isExhausted(after: end)
            else { return nil }
            rows += last
            mark = end
        }
        var done = 1
        while !pages.isExhausted(after: done) {
            let end = pages.isTotalKnownNow ? max(done + 1, pages.knownPageCount ?? 0) : done + 1
            guard end <= max(100, 2 * calls), pages.cost(of: (done + 1)...end) < calls,
                let more = await pages.fetch(((done + 1)...end).filter { $0 != mark })
            else { return nil }
            rows += more
            done = end
        }
        return rows.sorted { $0.offset < $1.offset }
    }

    /// All rows in order, if they are kept; nil if a page would have to be read.
    func readCached() async -> [CollectionPages.Row]? {
        var rows: [CollectionPages.Row] = []
        var page = 1
        while pages.isCached(page), let more = await pages.fetch([page]), page > 1 || stateOwner(more) {
            rows += more
            if pages.isExhausted(after: page) { return rows }
            page += 1
        }
        return nil
    }

    /// Whether rows tell whose they are: those that do not then belong to no parent.
    private func stateOwner(_ rows: [CollectionPages.Row]) -> Bool {
        rows.isEmpty || rows.contains { $0.document.json.member(owner, of: $0.node) != nil }
    }
}

extension WholeCollection {
    /// How large the whole is, going by the sizes of a few of the collections that it is made of.
    struct Estimate {
        /// The rows of the whole, probably.
        private let probableRows: Int
        /// The rows of the whole at most, if the collections that were read are nothing special.
        private let mostRows: Int

        /// As many collections as this are worth a look at whether reading them as one is cheaper.
        static let fewestCollections = 6

        /// How many collections are read to estimate the size of all.
        static func sampleCount(of collections: Int) -> Int { min(6, max(2, collections / 5)) }

        /// Estimates from the sizes of some collections, and how many there are in all.
        init(totals: [Int], parents: Int) {
            let rows = totals.reduce(0, +)
            probableRows = rows * parents / max(1, totals.count)
            // Three standard deviations of a count, and what may hide behind none at all.
            let most = Double(rows) + 3 * Double(rows).squareRoot() + 7
            mostRows = Int(min(1e12, most * Double(parents) / Double(max(1, totals.count))))
        }

        /// The most pages that there can be; nil if reading them would hardly save calls, or may cost more.
        func pagesWorthReading(insteadOf calls: Int, pageSize: Int) -> Int? {
            guard pageSize < PageWindow.everything, probableRows / pageSize + 2 < calls,
                mostRows / pageSize + 1 <= calls
            else { return nil }
            return mostRows / pageSize + 1
        }
    }
}
