internal import GraphQL
internal import JSON

extension EntityLoader {
    /// Reads pages of the collection while that takes fewer calls than fetching the missing objects one by one.
    func scan(_ search: inout EntitySearch, in workspace: Int) async {
        guard let list = entity.list, !showsMoreThanRows(in: workspace), !readsDetailOnlyMember(in: workspace) else {
            return
        }
        let pages = CollectionPages(
            session: session,
            workspace: workspace,
            path: list,
            purpose: CallPurpose(
                policy: purpose.policy,
                rowsOf: entity,
                in: session.reader(of: workspace).conventions.listParameters
            )
        )
        guard !pages.isUnreadable else { return }
        // The first page shows the number of pages; then the others may be worth it.
        for _ in 0..<2 {
            guard let range = pagesInDemand(of: pages, for: search, in: workspace), let rows = await pages.fetch(range)
            else { break }
            _ = match(rows, &search, in: workspace)
            await completePartial(&search, in: workspace)
        }
        var plan = EntityCallPlan(keys: search.open.count)
        while true {
            let known = pages.known(after: plan.lastRead)
            switch plan.nextStep(known, open: search.open.count) {
            case .singleObjects:
                return
            case .probe:
                let exists = await probeSingleObject(&search, in: workspace)
                guard plan.didProbe(exists: exists, known) else { return }
            case .pages(let wave):
                let cost = pages.cost(of: wave)
                guard let rows = await pages.fetch(wave) else { return }
                let open = search.open.count
                let pagesWithKeys = Set(match(rows, &search, in: workspace))
                await completePartial(&search, in: workspace)
                if readsDetailOnlyMember(in: workspace) { return }
                plan.didRead(wave, cost: cost, found: open - search.open.count, in: pagesWithKeys)
            }
        }
    }

    /// Fetches one of the open keys; returns whether its object exists.
    private func probeSingleObject(_ search: inout EntitySearch, in workspace: Int) async -> Bool {
        let open = search.open
        guard !open.isEmpty else { return false }
        // Neighboring keys are often alike: one from the middle says most about the others.
        let position = open[open.count / 2]
        await fetchSingleObjects([position], &search, in: workspace)
        if case .at? = search.found[position] { return true }
        return false
    }

    /// Matches rows with the open keys; returns the numbers of the pages that have any.
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

    /// Whether the whole object is selected, and rows are not known to show it.
    func showsMoreThanRows(in workspace: Int) -> Bool {
        guard members.showsEverything, let list = entity.list?.pathWithoutQuery else {
            return false
        }
        return !completion(in: workspace).areWhole(rowsOf: list)
    }

    private func readsDetailOnlyMember(in workspace: Int) -> Bool {
        guard let list = entity.list?.pathWithoutQuery else { return false }
        let completion = completion(in: workspace)
        return members.all.contains { completion.isDetailOnly($0, inRowsOf: list) }
    }
}

extension CollectionPages {
    /// The known state of the pages, after some of them have been read.
    fileprivate func known(after last: Int?) -> EntityCallPlan.Pages {
        let count = knownPageCount
        let looked = min(max(1, count ?? 1), RecentDemand.maximum)
        return EntityCallPlan.Pages(
            count: count,
            cached: Set((1...looked).filter { isCached($0) }),
            isPaged: isPaged,
            isExhausted: last.map { isExhausted(after: $0) } ?? false
        )
    }
}
