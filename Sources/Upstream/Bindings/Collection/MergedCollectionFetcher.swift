internal import GraphQL
internal import JSON

/// Reads of several workspaces the rows that a merged window can hold: of each a page, and more only of those whose rows
/// are used up before the window is full.
struct MergedCollectionFetcher {
    let fetcher: CollectionFetcher
    let order: MergeOrder
    /// Whether the number of all rows is wanted, which may show only at the end of a collection.
    let wantsTotal: Bool

    /// The rows of each collection, from where the merge begins.
    func rows(of targets: [CollectionTarget]) async -> [CollectionFetcher.RowsResult] {
        let whole = fetcher.paging.forMerging
        let session = fetcher.session
        guard let most = whole.first else {
            let all = await read(targets, Array(targets.indices), whole, targets.map { _ in nil })
            return zip(targets, all).compactMap { target, result in result.map { unpassed($0, of: target).result } }
        }
        let size = targets.first.map { session.reader(of: $0.workspace).conventions.maximumPerPage } ?? 1
        // At first of each what its first page holds.
        var counts = targets.map { target in
            let start = whole.after?.anchor(slug: session.slug(of: target.workspace))?.placeOffset ?? 0
            return session.options.batching ? min(most, size - start % size) : most
        }
        var limits = targets.map { _ in most }
        var results = await read(targets, Array(targets.indices), whole, counts)
        var pending = Array(targets.indices)
        while true {
            for index in pending {
                guard let result = results[index] else { continue }
                let rest = unpassed(result, of: targets[index])
                results[index] = rest.result
                limits[index] = most + rest.passed
            }
            let growth = growth(of: results, counts, limits, whole, size)
            guard !growth.isEmpty else { return results.compactMap { $0 } }
            for (index, rows) in growth { counts[index] = min(limits[index], counts[index] + rows) }
            pending = growth.map(\.index)
            let more = await read(targets, pending, whole, counts)
            for index in pending { results[index] = more[index] }
        }
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

    private func read(
        _ targets: [CollectionTarget],
        _ indices: [Int],
        _ whole: PagingArguments,
        _ counts: [Int?]
    ) async -> [CollectionFetcher.RowsResult?] {
        await withTaskGroup(of: (Int, CollectionFetcher.RowsResult?).self) { group in
            for index in indices {
                group.addTask {
                    let paging = counts[index].map { whole.with(first: $0) } ?? whole
                    return (index, await fetcher.merging(paging).rows(of: targets[index]))
                }
            }
            var results = [CollectionFetcher.RowsResult?](repeating: nil, count: targets.count)
            for await (index, result) in group { results[index] = result }
            return results
        }
    }
}
