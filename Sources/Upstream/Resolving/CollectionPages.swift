internal import GraphQL
internal import JSON

/// Reads the pages of one collection: whole pages of the largest size, so that all windows share them.
final class CollectionPages {
    /// A row and the document of its page.
    struct Row {
        let document: SourceDocument
        let node: Int
        let position: RowPosition

        /// The number of the row's page, from 1.
        var page: Int { position.page }
    }

    let session: CallSession
    private let workspace: Int
    private let path: String
    /// The call for the list, without a page.
    let list: Call
    let purpose: CallPurpose
    let fetched: FetchedPages
    // PERF: the reader and not its conventions: a copy of these retains thirty strings.
    private let reader: ResponseReader
    /// The extent of the collection, by the pages that were read.
    private(set) var extent: CollectionExtent
    /// The extent before the first page was read, as earlier requests have shown it.
    private(set) var knownBefore: CollectionExtent
    /// The number of rows that an earlier request found; it may be out of date.
    private var earlierTotal: Int?
    /// The workspace's epoch at this reading, and the epoch at which the end of the collection was last seen.
    private var epochs: (now: InvalidationLog.Epoch, end: InvalidationLog.Epoch)?
    /// The rows of the pages that were read, by page number.
    private(set) var rowsOfPage: [Int: [Row]] = [:]
    /// The responses of the pages that were read, by page number; a page that does not exist has none.
    private(set) var documentOfPage: [Int: SourceDocument] = [:]
    /// The numbers of the pages that were cached before this field made calls.
    private var cachedBefore: Set<Int> = []
    /// Whether the collection is assumed to end where its count says, although no page has proven that.
    private(set) var takesCountForEnd = false
    /// The reason why a page could not be read; nil: none failed.
    private(set) var failure: FieldFailure?
    /// The rows and counts that pages showed before they were read again.
    private(set) var earlier: EarlierReadings
    // PERF: the same page is looked up several times, and there is mostly one.
    private var lastCall: (page: Int, call: Call)?

    init(
        session: CallSession,
        workspace: Int,
        path: String,
        purpose: CallPurpose,
        fetched: FetchedPages = FetchedPages()
    ) {
        self.session = session
        self.workspace = workspace
        self.path = path
        self.purpose = purpose
        self.fetched = fetched
        list = Call(workspace: workspace, path: path)
        earlier = fetched.earlierReadings(of: list)
        reader = session.reader(of: workspace)
        let size = reader.conventions.isPaged ? reader.conventions.maximumPerPage : PageWindow.everything
        extent = CollectionExtent(requestedSize: size)
        knownBefore = extent
        guard session.options.batching else { return }
        let (knowledge, now) = (session.knowledge, session.now())
        let epoch = session.epoch(of: workspace)
        let earlier = knowledge.size(of: knowledgeKey)
        earlierTotal = earlier?.rows
        epochs = (epoch, earlier?.epoch ?? epoch)
        extent = CollectionExtent(
            requestedSize: size,
            known: knowledge.paging.habits(workspace: workspace, path: path, at: now),
            recentTotal: knowledge.paging.recentTotal(
                of: knowledgeKey,
                at: now,
                maxAge: session.options.caching ? purpose.policy.maxAge : .zero,
                epoch: epoch
            ),
            earlierTotal: earlierTotal,
            hasWrites: !session.isCurrent(epochs?.end ?? epoch, listAt: path, workspace: workspace, purpose: purpose)
        )
        knownBefore = extent
    }

    private lazy var knowledgeKey = UpstreamKnowledge.CollectionKey(
        workspace: workspace,
        scope: session.scope(of: workspace, purpose: purpose),
        path: reader.conventions.unsorted(path)
    )

    /// Identifies the list with its order: pages in another order are other pages.
    private var listKey: UpstreamKnowledge.CollectionKey {
        UpstreamKnowledge.CollectionKey(
            workspace: workspace,
            scope: session.scope(of: workspace, purpose: purpose),
            path: path
        )
    }

    var isPaged: Bool { reader.conventions.isPaged }

    /// The number of rows of a full page.
    var pageSize: Int { isPaged ? extent.pageSize : .max }

    /// The number of rows that is requested with each page.
    var requestedSize: Int { extent.requestedSize }

    /// The number of rows, as this or an earlier request shows it; nil: unknown.
    var total: Int? { isPaged ? extent.total ?? earlierTotal : rowsOfPage[1]?.count ?? earlierTotal }

    /// Whether this request's own pages show the number of rows.
    var isTotalKnownNow: Bool { totalNow != nil }

    /// The number of rows, as this request's own pages show it; nil: unknown.
    var totalNow: Int? { isPaged ? extent.total : rowsOfPage[1]?.count }

    /// The number of rows to show, even from counts that have been wrong before; nil: unknown.
    var likelyTotal: Int? { isPaged ? extent.likelyTotal : totalNow }

    /// The number of pages, as far as it is known; nil: unknown.
    var knownPageCount: Int? {
        guard isPaged else { return 1 }
        if let last = extent.lastPage { return last }
        return earlierTotal.map { max(1, ($0 + pageSize - 1) / pageSize) }
    }

    /// The number of calls that some pages cost now: cached pages cost none.
    func cost(of pages: some Sequence<Int>) -> Int {
        pages.reduce(0) { $0 + (isCached($1) ? 0 : 1) }
    }

    /// Whether a page costs no call now.
    func isCached(_ page: Int) -> Bool { session.holds(call(for: page), purpose: purpose) }

    /// Whether a page was cached before this field made calls, so that it may be older than others.
    func wasCachedBefore(_ page: Int) -> Bool { cachedBefore.contains(page) }

    /// The number of the reading that fetched a page; 0: an unknown earlier one.
    func reading(of page: Int) -> FetchedPages.Reading {
        if !cachedBefore.contains(page) { return fetched.reading }
        return session.knowledge.paging.reading(of: page, in: listKey) ?? 0
    }

    /// The continuation after a page.
    func continuation(after page: Int) -> CollectionExtent.Continuation {
        isPaged ? extent.continuation(after: page) : .end
    }

    /// Whether, as far as is known, no rows follow a page: callers make no call to find out more.
    func isExhausted(after page: Int) -> Bool {
        isEnd(after: page) || (isPaged && extent.isProbableEnd(page))
    }

    /// Whether no rows follow a page, so that a window cut from the rows up to it is complete.
    func isEnd(after page: Int) -> Bool {
        guard isPaged, continuation(after: page) != .end else { return true }
        return takesCountForEnd && extent.isEndByCount(page)
    }

    /// The rows of a page, if it has been read.
    func rows(of page: Int) -> [Row]? { rowsOfPage[page] }

    /// The numbers of the pages that have been read, in order.
    var readPages: [Int] { rowsOfPage.count == 1 ? Array(rowsOfPage.keys) : rowsOfPage.keys.sorted() }

    /// Reads pages concurrently; returns nil if one of them failed.
    func fetch(_ pages: some Sequence<Int> & Sendable) async -> [Row]? {
        let calls = pages.map { (page: $0, call: call(for: $0)) }
        var fetchedNow: Set<Int> = []
        for (page, call) in calls {
            let isHeld = session.holds(call, purpose: purpose)
            if isHeld, fetched.contains(call) { continue }
            if isHeld {
                cachedBefore.insert(page)
            } else {
                fetched.insert(call)
                fetchedNow.insert(page)
                session.knowledge.paging.note(fetched.reading, of: page, in: listKey)
            }
        }
        let outcomes = await session.fetch(calls.map(\.call), purpose: purpose)
        defer { learn() }
        var rows: [Row] = []
        for ((page, _), outcome) in zip(calls, outcomes) {
            switch outcome {
            case .failed(let failure):
                guard page > 1, await isPastEnd(page, failure) else {
                    noteFailure(failure)
                    self.failure = failure
                    return nil
                }
                noteMissing(page)
            case .missing:
                // Some upstreams respond with 404 for a page past the end; for the first one it means the whole collection.
                guard page > 1 else {
                    let failure = FieldFailure(.notFound, "The upstream has no such collection.")
                    noteFailure(failure)
                    self.failure = failure
                    return nil
                }
                noteMissing(page)
            case .found(let document):
                guard let own = read(document, page: page) else { return nil }
                if fetchedNow.contains(page), let count = reading(ofCountOn: page) { fetched.note(count, of: list) }
                let found = earlier.joined(own, of: page, entity: purpose.entity)
                rowsOfPage[page] = found
                documentOfPage[page] = document
                // PERF: there is nearly always one page.
                if rows.isEmpty { rows = found } else { rows += found }
            }
        }
        return rows
    }

    private func noteMissing(_ page: Int) {
        extent.read(CollectionExtent.Page(number: page, found: 0, count: nil, isMissing: true))
        rowsOfPage[page] = earlier.joined([], of: page, entity: purpose.entity)
    }

    /// Whether the list recently could not be read: callers that can do without it make no call for it.
    var isUnreadable: Bool { session.knowledge.unreadableLists.contains(knowledgeKey, at: session.now()) }

    /// Records that the list cannot be read, unless only this caller ran out of time.
    private func noteFailure(_ failure: FieldFailure) {
        let now = session.now()
        guard now < session.deadline else { return }
        session.knowledge.unreadableLists.note(failure, of: knowledgeKey, at: now)
    }

    /// The cached response of a page that was read; nil if another response is cached by now.
    func cachedResponse(of page: Int) -> CachedResponse? {
        let cached = session.storedResponse(to: call(for: page), purpose: purpose)
        return cached?.document === documentOfPage[page] ? cached : nil
    }

    /// Caches a list as if its first page had been fetched, unless the cached response is newer.
    func cache(_ list: CutList, of origin: Origin) {
        let response = CachedResponse(
            list.document,
            generatedAt: origin.generatedAt,
            startedAt: origin.startedAt,
            keyHashes: list.keyHashes,
            isCut: true
        )
        session.store(response, asCutFor: call(for: 1), purpose: purpose)
    }

    /// Removes pages that contradict others, so that they are read again.
    func forget(_ pages: some Sequence<Int>) {
        session.forget(pages.map { call(for: $0) }, purpose: purpose)
        for page in pages {
            rowsOfPage[page] = nil
            documentOfPage[page] = nil
            earlier.forget(page)
            extent.forget(page)
            cachedBefore.remove(page)
        }
    }

    /// Removes pages, so that they are read again, and adds the rows that they showed to those that they will show.
    func forgetPlaces(of pages: [Int]) {
        var earlier = earlier
        for page in pages {
            if wasCachedBefore(page) {
                earlier.forget(page)
            } else {
                earlier.add(rowsOfPage[page] ?? [], reading(ofCountOn: page), of: page)
            }
        }
        forget(pages)
        self.earlier = earlier
        // Another merged field may read further rows of this list; it must see the same pages.
        fetched.note(earlier, of: list)
    }

    /// The array of the collection's rows, if one cached response has all of them and they are at most `most`.
    func cachedArray(atMost most: Int) -> (document: SourceDocument, node: Int)? {
        guard case .found(let document)? = session.cachedOutcome(of: call(for: 1), purpose: purpose) else {
            return nil
        }
        guard let array = reader.rows(in: document), case let found = document.json.count(of: array), found <= most
        else {
            return nil
        }
        guard isPaged else { return (document, array) }
        var extent = extent
        extent.read(CollectionExtent.Page(number: 1, found: found, count: reader.count(in: document)))
        return extent.continuation(after: 1) == .end ? (document, array) : nil
    }

    /// Assumes that the collection ends where its count says: a page that proves it is not worth a call.
    func takeCountForEnd() { takesCountForEnd = true }

    /// Ignores counts from now on if pages that were read again state different ones, and the same as before: correct counts change when
    /// rows come and go.
    ///
    /// - Parameter before: the number of rows that each page stated before.
    func distrustCount(statedBefore before: [Int: Int]) {
        let stated = extent.statedCounts
        guard !extent.countsAgree, stated.allSatisfy({ before[$0.key] ?? $0.value == $0.value }) else { return }
        distrustCount()
    }

    /// Ignores counts from now on.
    func distrustCount() {
        extent.distrustCount()
        guard session.options.batching else { return }
        session.knowledge.paging.learn(
            extent.learned,
            workspace: workspace,
            path: path,
            at: session.now()
        )
    }

    private func read(_ document: SourceDocument, page: Int) -> [Row]? {
        guard let list = reader.rows(in: document) else {
            failure = FieldFailure(.upstreamInvalidResponse, "The upstream's response holds no list of rows.")
            return nil
        }
        var rows: [Row] = []
        rows.reserveCapacity(document.json.count(of: list))
        for node in document.json.elements(of: list) {
            rows.append(
                Row(document: document, node: node, position: RowPosition(page: page, index: rows.count))
            )
        }
        guard !repeatsEarlierPage(rows, page) else {
            extent.read(CollectionExtent.Page(number: page, found: 0, count: nil, isMissing: true))
            return []
        }
        let count = reader.count(in: document)
        // Past the end, some upstreams respond without a count; where a page has only lost its rows, they count as before.
        let isMissing = rows.isEmpty && count == nil && extent.page(page - 1)?.count != nil
        extent.read(CollectionExtent.Page(number: page, found: rows.count, count: count, isMissing: isMissing))
        for later in pagesThatRepeat(rows, of: page) { noteMissing(later) }
        return rows
    }

    /// Counts rows that are no objects, or that a page has twice, if this affects the extent.
    private func countSurplusRows() {
        guard isPaged, extent.dependsOnSurplus, let entity = purpose.entity else { return }
        var keysBefore: Set<OpaqueText> = []
        for page in extent.pages {
            var keys: Set<OpaqueText> = []
            var (surplus, repeated) = (0, 0)
            for row in rowsOfPage[page.number] ?? [] {
                guard row.document.json.node(row.node).kind == .object else {
                    surplus += 1
                    continue
                }
                guard let key = entity.key(of: row.node, in: row.document).map({ OpaqueText($0) }) else { continue }
                if !keys.insert(key).inserted { surplus += 1 } else if keysBefore.contains(key) { repeated += 1 }
            }
            keysBefore.formUnion(keys)
            extent.note(surplus: surplus, repeated: repeated, of: page.number)
        }
    }

    /// Stores what the pages have shown about the collection.
    private func learn() {
        countSurplusRows()
        guard session.options.batching else { return }
        let knowledge = session.knowledge
        if let total = totalNow, let epochs, !rowsOfPage.isEmpty {
            // If no page shows the end, its knowledge is as old as before.
            let isSeen = extent.statedTotal != nil || extent.totalBeforeEmptyPage != nil
            knowledge.learn(size: total, of: knowledgeKey, epoch: isSeen ? epochs.now : epochs.end)
        } else if let total = earlierTotal, let last = extent.pages.last(where: { $0.found > 0 }),
            total < (last.number - 1) * extent.pageSize + last.found
        {
            // The knowledge of an earlier request is out of date.
            earlierTotal = nil
        }
        if isPaged, let total = extent.totalBeforeEmptyPage {
            let epoch = session.epoch(of: workspace)
            knowledge.paging.learn(total: total, of: knowledgeKey, at: session.now(), epoch: epoch)
        }
        guard isPaged else { return }
        let now = session.now()
        if case let habits = extent.learned, habits != extent.known {
            knowledge.paging.learn(habits, workspace: workspace, path: path, at: now)
        }
        // Lists that are read concurrently may have shown it meanwhile.
        if extent.known.count == .unknown {
            extent.learn(knowledge.paging.habits(workspace: workspace, path: path, at: now))
        }
    }

    /// The call for a page.
    func call(for page: Int) -> Call {
        if let lastCall, lastCall.page == page { return lastCall.call }
        let call = Call(workspace: workspace, path: reader.conventions.path(ofPage: page, of: path))
        lastCall = (page, call)
        return call
    }
}
