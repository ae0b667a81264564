internal import GraphQL
internal import JSON
private import Synchronization

/// Reads windows of several lists of one workspace and path with the fewest calls: each by itself, or cut from lists that have the
/// rows of several.
struct CollectionBatch: Sendable {
    typealias RowsResult = CollectionFetcher.RowsResult

    /// A window of a list that a field requests.
    struct Window: Sendable {
        let target: CollectionTarget
        let fetcher: CollectionFetcher
    }

    let session: CallSession
    let workspace: Int
    let purpose: CallPurpose
    let parameters: ListParameters
    let windows: [Window]

    /// Returns the rows of each window.
    func rows() async -> [RowsResult] {
        guard session.options.batching else { return await readEach(Array(windows.indices)) }
        // A path that is too long to be sent fails without a lookup.
        var results: [RowsResult?] = windows.map { window in
            session.refusal(ofTarget: window.target.path, in: workspace).map { .failure($0) }
        }
        // PERF: the pages that show that a list is cached are then read, unless other lists are read before.
        var fresh: [Int: FreshPages] = [:]
        var open: [Int] = []
        for index in windows.indices where results[index] == nil {
            let (target, fetcher) = (windows[index].target, windows[index].fetcher)
            guard let pages = fetcher.freshPages(of: target) else {
                open.append(index)
                continue
            }
            if let rows = fetcher.settledWindow(of: pages, in: workspace) {
                results[index] = .success(rows)
            } else {
                fresh[index] = FreshPages(pages)
            }
        }
        if !open.isEmpty {
            fresh = [:]
            var attempts = Attempts()
            // A cached list that must be refreshed soon is replaced by a list that other fields use as well.
            await readShared(&open, cachedOnly: true, &attempts, into: &results)
            open = open.filter { !windows[$0].fetcher.isCached(windows[$0].target) }
            await readShared(&open, cachedOnly: false, &attempts, into: &results)
            noteDemand(of: open)
        }
        let rest = windows.indices.filter { results[$0] == nil }
        for (index, result) in zip(rest, await readEach(rest, fresh)) { results[index] = result }
        return results.map { $0 ?? .failure(.gatewayFailed) }
    }

    /// Reads lists that have the rows of several windows, and cuts the windows from them.
    private func readShared(
        _ open: inout [Int],
        cachedOnly: Bool,
        _ attempts: inout Attempts,
        into results: inout [RowsResult?]
    ) async {
        while let lists = nextLists(open, attempts, cachedOnly: cachedOnly) {
            for (list, whole) in await read(lists, open) {
                attempts.note(list, pages: whole.map { pageCount(of: $0.rows) })
                guard let whole else { continue }
                if !cut(list, from: whole, open, into: &results) {
                    attempts.exclude(list.path, tookCalls: list.calls > 0)
                }
            }
            open = open.filter { results[$0] == nil }
        }
    }

    // MARK: - Choosing

    /// The lists that were tried so far.
    private struct Attempts {
        var assumptions = CollectionCallPlan.Assumptions()
        var excluded: Set<String> = []
        /// Whether calls were made in vain for one of them.
        var tookCallsInVain = false
        /// Whether a list has been read that shows the size of others.
        var hasSample = false

        /// Records the number of pages of a list; nil: it could not be read, or would take too many calls.
        mutating func note(_ list: CollectionCallPlan.SharedList, pages: Int?) {
            guard let pages else { return exclude(list.path, tookCalls: true) }
            hasSample = true
            assumptions.pagesOfOwnedList = max(assumptions.pagesOfOwnedList, pages)
        }

        mutating func exclude(_ path: String, tookCalls: Bool) {
            excluded.insert(path)
            tookCallsInVain = tookCallsInVain || tookCalls
        }
    }

    /// The lists to read next; nil: the remaining windows are read by themselves.
    private func nextLists(
        _ open: [Int],
        _ attempts: Attempts,
        cachedOnly: Bool
    ) -> [CollectionCallPlan.SharedList]? {
        guard !open.isEmpty else { return nil }
        let plan = CollectionCallPlan(
            open.map { selection(of: $0) },
            owner: parameters.owner,
            assumptions: attempts.assumptions,
            demand: { path, positions in cachedOnly ? 0 : demand(for: path, positions.map { open[$0] }) },
            size: { path in
                guard !attempts.excluded.contains(path) else { return nil }
                let size = size(of: path, insteadOf: open.count, isFirst: !attempts.tookCallsInVain)
                return !cachedOnly || size == .known(calls: 0) ? size : nil
            }
        )
        let unknown = plan.shared.filter { !$0.isSizeKnown }
        // Lists of several parents often have the same size: the first one shows whether the others are worth it.
        if !attempts.hasSample, unknown.count > 1 { return plan.shared.filter(\.isSizeKnown) + unknown.prefix(1) }
        return plan.shared.isEmpty ? nil : plan.shared
    }

    private func selection(of index: Int) -> ListSelection {
        ListSelection(path: windows[index].target.path, parameters)
    }

    private func size(of path: String, insteadOf calls: Int, isFirst: Bool) -> CollectionCallPlan.Size? {
        let pages = pages(at: path)
        guard let count = pages.knownPageCount else {
            // After one list that was read in vain, no other list of unknown size is tried.
            return isFirst && !pages.isUnreadable ? .unknown(atLeast: 1) : nil
        }
        guard count <= WholeCollection.mostPages(insteadOf: calls) else { return nil }
        let cost = pages.cost(of: 1...max(1, count))
        return cost > 0 && pages.isUnreadable ? nil : .known(calls: cost)
    }

    /// The pages of a list from which others are cut; none are cut from a response that must be refreshed, because a newer response for
    /// the narrower list may have been seen.
    private func pages(at path: String) -> CollectionPages {
        var purpose = purpose
        purpose.policy.staleWhileRevalidate = .zero
        return CollectionPages(session: session, workspace: workspace, path: path, purpose: purpose)
    }

    // MARK: - Demand

    private func demandKey(_ path: String) -> UpstreamKnowledge.CollectionKey {
        let scope = session.scope(of: workspace, purpose: purpose)
        return UpstreamKnowledge.CollectionKey(workspace: workspace, scope: scope, path: path)
    }

    /// The number of other lists read recently that could have been cut from a list.
    private func demand(for path: String, _ windows: [Int]) -> Int {
        // Later lists cannot be cut from a list that is not cached.
        guard session.options.caching, purpose.policy.isCacheable else { return 0 }
        return session.knowledge.listDemand.count(
            of: demandKey(path),
            at: session.now(),
            without: windows.map { self.windows[$0].target.path.hashValue }
        )
    }

    /// Records lists that are read by themselves, for every list from which they could have been cut.
    private func noteDemand(of open: [Int]) {
        var names: [String: [Int]] = [:]
        for index in open {
            let selection = selection(of: index)
            for removed in CollectionCallPlan.choices(of: [selection]) {
                names[selection.path(without: removed), default: []].append(windows[index].target.path.hashValue)
            }
        }
        let now = session.now()
        for (path, hashes) in names {
            session.knowledge.listDemand.note(hashes, of: demandKey(path), areCertain: true, at: now)
        }
    }

    // MARK: - Reading whole lists

    /// The rows of a whole list.
    private struct WholeRows {
        let rows: [CollectionPages.Row]
        /// The age and epoch of the rows; nil: unknown.
        let origin: CollectionPages.Origin?
        let pageSize: Int
    }

    private func read(
        _ lists: [CollectionCallPlan.SharedList],
        _ open: [Int]
    ) async -> [(CollectionCallPlan.SharedList, WholeRows?)] {
        if lists.count == 1 { return [(lists[0], await read(lists[0], open))] }
        return await withTaskGroup(of: (Int, WholeRows?).self) { group in
            for (index, list) in lists.enumerated() {
                group.addTask { (index, await read(list, open)) }
            }
            var rows = [WholeRows?](repeating: nil, count: lists.count)
            for await (index, part) in group { rows[index] = part }
            return Array(zip(lists, rows))
        }
    }

    private func read(_ list: CollectionCallPlan.SharedList, _ open: [Int]) async -> WholeRows? {
        let pages = pages(at: list.path)
        // Pages that are read in vain must leave enough calls for the lists themselves; pages that are read for other requests, all calls
        // that this request is estimated to make.
        let (own, allowance) = (list.wanted.count, session.context.allowance)
        let left = allowance.left
        let most = min(list.allowance, own == 1 ? allowance.room : own <= left ? left - own : own)
        guard most >= 1 else { return nil }
        let leftOut = list.wanted.flatMap { filters(of: open[$0], leftOutOf: list) }
        let whole = WholeCollection(
            pages: pages,
            members: Array(Set(leftOut.map(\.member))),
            entity: purpose.entity
        )
        let expected = pages.knownPageCount ?? max(list.calls, list.allowance / 3)
        let rows = await whole.read(insteadOf: most, expecting: max(1, expected))
        return rows.map { WholeRows(rows: $0, origin: pages.origin, pageSize: pages.pageSize) }
    }

    /// The filters of a window that a whole list does not have.
    private func filters(
        of index: Int,
        leftOutOf list: CollectionCallPlan.SharedList
    ) -> [ListSelection.Filter] {
        let remaining = Set(ListSelection(path: list.path, parameters).filters.map(\.parameter))
        return selection(of: index).filters.filter { !remaining.contains($0.parameter) }
    }

    private func pageCount(of rows: [CollectionPages.Row]) -> Int {
        let size = session.reader(of: workspace).conventions.maximumPerPage
        return max(1, (rows.count + size - 1) / size)
    }

    /// Cuts the wanted windows from a whole list, as far as possible; returns false if one cannot be cut.
    private func cut(
        _ list: CollectionCallPlan.SharedList,
        from whole: WholeRows,
        _ open: [Int],
        into results: inout [RowsResult?]
    ) -> Bool {
        var sorted = RowsByValue(whole.rows, entity: purpose.entity)
        var areAllCut = true
        // PERF: windows of one list, as of many aliases, share the pass over its rows.
        var lists: [String: WholeList] = [:]
        for position in list.wanted {
            let window = windows[open[position]]
            if let narrow = lists[window.target.path], narrow.filter == window.fetcher.options.filter {
                results[open[position]] = .success(window.fetcher.window(of: narrow, workspace: workspace))
                continue
            }
            let filters = filters(of: open[position], leftOutOf: list)
            guard let rows = sorted.rows(passing: filters, keys: parameters.keys) else {
                areAllCut = false
                continue
            }
            let narrow = WholeList(rows, window.fetcher.options.filter)
            lists[window.target.path] = narrow
            results[open[position]] = .success(window.fetcher.window(of: narrow, workspace: workspace))
            if window.target.path != list.path { cache(rows, of: whole, as: window.target) }
        }
        return areAllCut
    }

    /// Caches a list that was cut from a whole one, if it fits into one page.
    private func cache(_ rows: [CollectionPages.Row], of whole: WholeRows, as target: CollectionTarget) {
        let reader = session.reader(of: workspace)
        guard session.options.caching, let origin = whole.origin, rows.count < whole.pageSize,
            let list = CutList(rows, of: purpose.entity, reader: reader, workspace: workspace)
        else { return }
        CollectionPages(session: session, workspace: workspace, path: target.path, purpose: purpose)
            .cache(list, of: origin)
    }

    // MARK: - Reading by itself

    /// The pages of a list, which the reader takes once.
    private final class FreshPages: Sendable {
        private let pages: Mutex<CollectionPages?>

        init(_ pages: sending CollectionPages) { self.pages = Mutex(pages) }

        func take() -> sending CollectionPages? { pages.withLock { $0.take() } }
    }

    private func readEach(_ indices: [Int], _ fresh: [Int: FreshPages] = [:]) async -> [RowsResult] {
        if indices.isEmpty { return [] }
        if indices.count == 1 {
            let window = windows[indices[0]]
            return [await window.fetcher.read(window.target, known: fresh[indices[0]]?.take())]
        }
        return await withTaskGroup(of: (Int, RowsResult).self) { group in
            for (position, index) in indices.enumerated() {
                // PERF: immediately: cached lists are read without a turn of the executor for each.
                let (window, fresh) = (windows[index], fresh[index])
                group.addImmediateTask {
                    (position, await window.fetcher.read(window.target, known: fresh?.take()))
                }
            }
            var results = [RowsResult](repeating: .failure(.gatewayFailed), count: indices.count)
            for await (position, result) in group { results[position] = result }
            return results
        }
    }
}
