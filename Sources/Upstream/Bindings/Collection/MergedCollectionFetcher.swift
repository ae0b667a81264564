internal import GraphQL
internal import JSON

/// Reads of several workspaces the rows that a merged window can hold: of each a page, and more only of those whose rows
/// are used up before the window is full.
struct MergedCollectionFetcher {
    let fetcher: CollectionFetcher
    let order: MergeOrder
    /// Whether the number of all rows is wanted, which may show only at the end of a collection.
    let wantsTotal: Bool

    /// What a merge waits for.
    private enum Event: Sendable {
        case rows(index: Int, CollectionFetcher.RowsResult)
        /// Those who have not responded by now may not do so at all.
        case late
    }

    /// The rows of each collection, from where the merge begins.
    func rows(of targets: [CollectionTarget]) async -> [CollectionFetcher.RowsResult] {
        let whole = fetcher.paging.forMerging
        let session = fetcher.session
        let most = whole.first
        let size = targets.first.map { session.reader(of: $0.workspace).conventions.maximumPerPage } ?? 1
        // At first of each what its first page holds.
        var counts = targets.map { target -> Int? in
            guard let most else { return nil }
            let start = whole.after?.anchor(slug: session.slug(of: target.workspace))?.placeOffset ?? 0
            return session.options.batching ? min(most, size - start % size) : most
        }
        var limits = targets.map { _ in most ?? 0 }
        return await withTaskGroup(of: Event.self) { group in
            var results = [CollectionFetcher.RowsResult?](repeating: nil, count: targets.count)
            var pending = Set(targets.indices)
            for (index, count) in counts.enumerated() {
                group.addTask { await read(targets[index], index, whole, count) }
            }
            if most != nil, !targets.allSatisfy({ fetcher.isCached($0) }) { group.addTask { await waitUntilLate() } }
            var isLate = false
            while !pending.isEmpty, let event = await group.next() {
                switch event {
                case .late: isLate = true
                case .rows(let index, let result):
                    pending.remove(index)
                    let rest = unpassed(result, of: targets[index])
                    results[index] = rest.result
                    if let most { limits[index] = most + rest.passed }
                }
                // Where rows are needed depends on those of all workspaces, unless some may have none.
                guard let most, pending.isEmpty || isLate else { continue }
                for (index, rows) in growth(of: results, counts.map { $0 ?? most }, limits, whole, size)
                where pending.insert(index).inserted {
                    let count = min(limits[index], (counts[index] ?? most) + rows)
                    counts[index] = count
                    group.addTask { await read(targets[index], index, whole, count) }
                }
            }
            group.cancelAll()
            return results.compactMap { $0 }
        }
    }

    /// Waits for half of the time that the request has: what other workspaces take then must not depend on those that are slow.
    private func waitUntilLate() async -> Event {
        let session = fetcher.session
        let now = session.now()
        _ = await session.sleep(until: now + max(.zero, session.deadline - now) / 2)
        return .late
    }

    private func read(
        _ target: CollectionTarget,
        _ index: Int,
        _ whole: PagingArguments,
        _ count: Int?
    ) async -> Event {
        let paging = count.map { whole.with(first: $0) } ?? whole
        return .rows(index: index, await fetcher.merging(paging).rows(of: target))
    }

    /// The rows of a collection without the first ones that come before the cursor: they are newer than it.
    private func unpassed(
        _ result: CollectionFetcher.RowsResult,
        of target: CollectionTarget
    ) -> (result: CollectionFetcher.RowsResult, passed: Int) {
        guard case .success(var rows) = result, let after = fetcher.paging.after,
            // What is read from the end may not reach the cursor.
            fetcher.paging.first != nil || !rows.hasPreviousPage
        else { return (result, 0) }
        let passed = order.passed(rows, of: fetcher.session.slug(of: target.workspace), by: after)
        guard passed > 0 else { return (result, 0) }
        rows.rows.removeFirst(passed)
        if fetcher.paging.last == nil { rows.hasPreviousPage = true }
        return (.success(rows), passed)
    }

    /// Which collections must be read further, and how many rows.
    private func growth(
        of results: [CollectionFetcher.RowsResult?],
        _ counts: [Int],
        _ limits: [Int],
        _ whole: PagingArguments,
        _ size: Int
    ) -> [(index: Int, rows: Int)] {
        var parts: [(index: Int, rows: CollectionRows)] = []
        for (index, result) in results.enumerated() {
            if case .success(let rows)? = result { parts.append((index, rows)) }
        }
        let growing = parts.map { counts[$0.index] < limits[$0.index] && $0.rows.hasNextPage }
        let taken = order.taken(from: parts.map(\.rows), growing: growing, count: whole.count)
        let all = taken.reduce(0, +)
        var growth: [(index: Int, rows: Int)] = []
        for (position, part) in parts.enumerated() where growing[position] {
            if wantsTotal, part.rows.total == nil {
                growth.append((part.index, whole.count))
            } else if all < whole.count, taken[position] == part.rows.rows.count {
                // If it goes on as so far, the rows that are still wanted are of all workspaces in these shares.
                let share = (whole.count - all) * taken[position] / max(1, all)
                growth.append((part.index, max(1, share / size) * size))
            }
        }
        return growth
    }
}
