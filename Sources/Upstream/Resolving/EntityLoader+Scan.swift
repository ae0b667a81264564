internal import GraphQL
internal import JSON

extension EntityLoader {
    /// How many calls pages of the collection may cost in vain.
    ///
    /// A page that has none of the keys is in vain. Each call that a page saves allows for one more page, and so does a
    /// single object that was found although no page had it: what exists is likely to be in the pages that are left.
    struct ScanAllowance {
        /// The most pages that are ever read in vain.
        let limit: Int
        private(set) var granted: Int

        /// - Parameter keys: how many keys are looked for.
        init(keys: Int) {
            limit = Self.limit(keys: keys)
            granted = min(limit, keys < 20 ? 1 : 2)
        }

        /// The most pages that are read in vain for so many keys.
        static func limit(keys: Int) -> Int { keys < 2 ? 0 : max(1, keys / 4) }

        /// Allows for more pages; false if no more are.
        mutating func grant(_ pages: Int) -> Bool {
            guard granted < limit else { return false }
            granted = min(limit, granted + max(1, pages))
            return true
        }
    }

    /// As many keys as this are worth a look at the first page of a collection of unknown size.
    private static let fewestKeysForProbe = 3

    /// Reads pages of the collection while that is cheaper than what is open one by one.
    func scan(_ search: inout EntitySearch, in workspace: Int) async {
        guard let list = entity.list, !readsDetailOnlyMember(in: workspace) else { return }
        let pages = CollectionPages(
            session: session,
            workspace: workspace,
            path: list,
            purpose: CallPurpose(
                policy: purpose.policy,
                rowsOf: entity,
                in: session.broker.workspaces[workspace].reader.conventions.listParameters
            )
        )
        // The first page shows how many there are; then the others may be worth it.
        for _ in 0..<2 {
            guard let range = pagesInDemand(of: pages, for: search, in: workspace), let rows = await pages.fetch(range)
            else { break }
            _ = match(rows, &search, in: workspace)
            await completePartial(&search, in: workspace)
        }
        var progress = ScanProgress(keys: search.open.count)
        while let wave = progress.nextPages(of: pages, open: search.open.count) {
            if wave.isEmpty {
                guard await probeSingleObject(&search, in: workspace),
                    progress.allowance.grant(pages.cost(of: progress.unread(of: pages)) / 2)
                else { return }
                continue
            }
            let cost = pages.cost(of: wave)
            guard let rows = await pages.fetch(wave) else { return }
            let open = search.open.count
            let pagesWithKeys = Set(match(rows, &search, in: workspace))
            await completePartial(&search, in: workspace)
            if readsDetailOnlyMember(in: workspace) { return }
            progress.read(wave, cost: cost, found: open - search.open.count, in: pagesWithKeys)
            if !pages.isPaged { return }
        }
    }

    /// Whether one of the open keys has an object.
    private func probeSingleObject(_ search: inout EntitySearch, in workspace: Int) async -> Bool {
        let open = search.open
        guard !open.isEmpty else { return false }
        // Neighboring keys are often alike: one from the middle says most about the others.
        let position = open[open.count / 2]
        await fetchSingleObjects([position], &search, in: workspace)
        if case .at? = search.found[position] { return true }
        return false
    }

    /// Takes the rows that are looked for; returns the numbers of their pages.
    func match(
        _ rows: [CollectionPages.Row],
        _ search: inout EntitySearch,
        in workspace: Int
    ) -> [Int] {
        var found: [Int] = []
        guard let list = entity.list?.pathWithoutQuery else { return [] }
        var positions: [ExactString: [Int]] = [:]
        for position in search.open { positions[ExactString(search.keys[position]), default: []].append(position) }
        for row in rows {
            guard let key = entity.key(of: row.node, in: row.document) else { continue }
            for position in positions[ExactString(key)] ?? [] {
                accept(row.document, row.node, .collection(path: list), for: position, &search, in: workspace)
                found.append(row.page)
            }
        }
        return found
    }

    private func readsDetailOnlyMember(in workspace: Int) -> Bool {
        guard let list = entity.list?.pathWithoutQuery else { return false }
        let completion = ObjectCompletion(
            session: session,
            entity: entity,
            workspace: workspace,
            policy: purpose.policy
        )
        return members.contains { completion.isDetailOnly($0, inRowsOf: list) }
    }

    /// How far the pages have been read, and what that has cost and saved.
    private struct ScanProgress {
        var allowance: ScanAllowance
        private var done: Set<Int> = []
        private var cost = 0
        private var found = 0
        private var lastFound = 0
        private var pagesWithKeys: Set<Int> = []

        init(keys: Int) {
            allowance = ScanAllowance(keys: keys)
        }

        /// The pages that are left, as far as their number is known, in the order in which they are read.
        ///
        /// What is looked for often lies together, at the beginning or at the end.
        func unread(of pages: CollectionPages) -> [Int] {
            guard let count = pages.knownPageCount else { return [] }
            let ends = count > 1 ? [1, count] : [1]
            let unread = (ends + Array(1...count).dropFirst().dropLast()).filter { !done.contains($0) }
            guard areClustered else { return unread }
            func distance(_ page: Int) -> Int { pagesWithKeys.map { abs($0 - page) }.min() ?? 0 }
            return unread.sorted { distance($0) < distance($1) }
        }

        /// Whether most of what was found was near each other.
        private var areClustered: Bool { !pagesWithKeys.isEmpty && pagesWithKeys.count * 2 < done.count }

        /// The pages to read next; nil: none; empty: none until a single object has shown that it makes sense.
        func nextPages(of pages: CollectionPages, open: Int) -> [Int]? {
            guard open > 1, pages.isPaged || open >= EntityLoader.fewestKeysForProbe else { return nil }
            guard let count = pages.knownPageCount else {
                // Pages of a collection of unknown size are read as long as each saves more than it costs.
                let isFirst = done.isEmpty
                guard open >= EntityLoader.fewestKeysForProbe, isFirst || (pages.isPaged && lastFound > 1) else {
                    return nil
                }
                let next = (done.max() ?? 0) + 1
                return isFirst || !pages.isExhausted(after: next - 1) ? [next] : nil
            }
            // Of more pages than this, hardly enough are cached.
            guard count <= max(100, 2 * open) else { return nil }
            let unread = unread(of: pages)
            let paid = unread.filter { !pages.isCached($0) }
            guard !unread.isEmpty, paid.count < open else { return nil }
            let allowed = max(0, found + allowance.granted - cost)
            if allowed == 0, paid.count == unread.count { return [] }
            // Keys that stand together may be found before all pages are read.
            let most = areClustered ? (paid.count + 1) / 2 : paid.count
            let wave = Set(paid.prefix(min(allowed, most)))
            return unread.filter { wave.contains($0) || pages.isCached($0) }
        }

        mutating func read(_ pages: [Int], cost: Int, found: Int, in pagesWithKeys: Set<Int>) {
            self.pagesWithKeys.formUnion(pagesWithKeys)
            done.formUnion(pages)
            self.cost += cost
            self.found += found
            lastFound = found
        }
    }
}
