internal import GraphQL
internal import JSON

/// A list that is read as a whole, so that narrower lists can be cut from it.
///
/// Its size is known only when it is read, so the calls may be in vain, but no more than two: for the first page, and where the
/// upstream does not count rows, for the page after which they should end.
struct WholeCollection {
    let pages: CollectionPages
    /// The members by whose values narrower lists are cut.
    let members: [JSONKey]
    /// The entity whose key identifies rows.
    let entity: Entity?

    /// The most pages that are read: of more pages, the first would no longer be cached when the last arrives.
    static func mostPages(insteadOf calls: Int) -> Int { max(100, 2 * calls) }

    /// All rows in order; nil if other calls are fewer, a page failed, or the rows lack the members.
    ///
    /// - Parameters:
    ///   - calls: the number of calls that the rows take otherwise.
    ///   - expected: the probable number of pages.
    /// - Returns: the rows.
    func read(insteadOf calls: Int, expecting expected: Int) async -> [CollectionPages.Row]? {
        let mostPages = Self.mostPages(insteadOf: calls)
        let cost = pages.cost(of: 1...max(1, min(expected, mostPages)))
        // If all rows are cached, a call only to prove that no others follow is not worth it.
        if cost == 0 { pages.takeCountForEnd() }
        guard expected <= mostPages, cost < calls, var rows = await pages.fetch([1]),
            haveMembers(rows)
        else { return nil }
        var mark: Int?
        if !pages.isEnd(after: 1), !pages.isTotalKnownNow {
            // A full page without a total: another page shows whether the rows end in it or before.
            let end = max(2, expected)
            let mayFail = calls > CollectionCallPlan.mostCallsInVain || pages.cost(of: 2...end) == 0
            guard mayFail, pages.cost(of: 2...end) < calls, let last = await pages.fetch([end]),
                await isEnd(after: end, insteadOf: calls)
            else { return nil }
            rows += last
            mark = end
        }
        var done = 1
        while !pages.isEnd(after: done) {
            let end = pages.isTotalKnownNow ? max(done + 1, pages.knownPageCount ?? 0) : done + 1
            guard end <= mostPages, pages.cost(of: (done + 1)...end) < calls,
                let more = await pages.fetch(((done + 1)...end).filter { $0 != mark })
            else { return nil }
            rows += more
            done = end
        }
        return await settled(rows, insteadOf: calls)
    }

    /// The rows in order, if no row is missing; pages are read once more if rows moved while they were read.
    private func settled(_ rows: [CollectionPages.Row], insteadOf calls: Int) async -> [CollectionPages.Row]? {
        if pages.holdEveryRow(entity: entity) {
            return rows.sorted { $0.position < $1.position }
        }
        let read = pages.readPages
        let hasChanged = !pages.extent.countsAgree || pages.lacksRows(entity: entity, isNewestFirst: false)
        guard hasChanged, read.count < calls else { return nil }
        let counts = pages.extent.statedCounts
        pages.forget(read)
        guard let anew = await pages.fetch(read) else { return nil }
        pages.distrustCount(statedBefore: counts)
        guard pages.holdEveryRow(entity: entity) else { return nil }
        return anew.sorted { $0.position < $1.position }
    }

    /// Whether no rows follow a page; after an empty page, this may take a call for another page.
    private func isEnd(after page: Int, insteadOf calls: Int) async -> Bool {
        if pages.isEnd(after: page) { return true }
        guard pages.rows(of: page)?.isEmpty == true, pages.cost(of: 2...(page + 1)) < calls,
            await pages.fetch([page + 1]) != nil
        else { return false }
        return pages.isEnd(after: page + 1)
    }

    /// Whether rows have the members by which narrower lists are cut; a row that lacks one has no value for it.
    private func haveMembers(_ rows: [CollectionPages.Row]) -> Bool {
        members.allSatisfy { member in
            rows.isEmpty || rows.contains { $0.document.json.member(member, of: $0.node) != nil }
        }
    }
}
