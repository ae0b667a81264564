internal import GraphQL
internal import JSON

/// Reads the rows of several workspaces for a merged window: one page of each, and more only of those whose rows are all used before
/// the window is full.
struct MergedCollectionFetcher {
    let fetcher: CollectionFetcher
    let order: MergeOrder
    /// Whether the total is selected, which may show only at the end of a collection.
    let wantsTotal: Bool

    /// An event for which a merge waits.
    private enum Event: Sendable {
        case rows(index: Int, CollectionFetcher.RowsResult)
        /// Half of the request's time is over: workspaces that have not responded may fail.
        case late
    }

    /// The rows of each collection, from the position where the merge begins.
    func rows(of targets: [CollectionTarget]) async -> [CollectionFetcher.RowsResult] {
        let whole = fetcher.paging.forMerging
        let session = fetcher.session
        let most = whole.first
        let size = targets.first.map { session.reader(of: $0.workspace).conventions.maximumPerPage } ?? 1
        // At first, the rows of each workspace's first page.
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
                // The rows to read next depend on all workspaces, unless some may fail.
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

    /// Waits for half of the request's remaining time, so that slow workspaces do not delay the further pages of others.
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

    /// The rows of a collection without the first ones that sort before the cursor's row, because they are newer.
    private func unpassed(
        _ result: CollectionFetcher.RowsResult,
        of target: CollectionTarget
    ) -> (result: CollectionFetcher.RowsResult, passed: Int) {
        guard case .success(var rows) = result, let after = fetcher.paging.after,
            // Rows that are read from the end may begin after the cursor.
            fetcher.paging.first != nil || !rows.hasPreviousPage
        else { return (result, 0) }
        let passed = order.passed(rows, of: fetcher.session.slug(of: target.workspace), by: after)
        guard passed > 0 else { return (result, 0) }
        rows.rows.removeFirst(passed)
        if fetcher.paging.last == nil { rows.hasPreviousPage = true }
        return (.success(rows), passed)
    }

    /// The collections that must be read further, and the number of rows of each.
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
                // This assumes that the rows still wanted come from the workspaces in the same shares as those so far.
                let share = (whole.count - all) * taken[position] / max(1, all)
                growth.append((part.index, max(1, share / size) * size))
            }
        }
        return growth
    }
}
