internal import GraphQL
internal import JSON

/// The pages of one collection as it is read: whole pages of the largest size, so that all windows share them.
final class CollectionPages {
    /// A row and the document that it came in.
    struct Row {
        let document: SourceDocument
        let node: Int
        /// The row's place in the collection, counted from 0.
        let offset: Int
    }

    private let session: CallSession
    private let workspace: Int
    private let path: String
    private let purpose: CallPurpose
    private let conventions: UpstreamConventions
    /// The number of rows, where an answer of this or an earlier request lets it be known.
    private(set) var total: Int?
    /// Whether `total` is what this request's own answers say.
    private(set) var isTotalKnownNow = false
    /// The number of the first page that is known to be the last or past it.
    private var lastPage: Int?
    /// The last page that was read and is full.
    private var lastFullPage = 0
    /// Why a page could not be read.
    private(set) var failure: FieldFailure?

    init(session: CallSession, workspace: Int, path: String, purpose: CallPurpose) {
        self.session = session
        self.workspace = workspace
        self.path = path
        self.purpose = purpose
        conventions = session.broker.workspaces[workspace].reader.conventions
        if session.broker.options.batching { total = session.broker.knowledge.size(of: knowledgeKey) }
    }

    private var knowledgeKey: UpstreamKnowledge.CollectionKey {
        UpstreamKnowledge.CollectionKey(
            workspace: workspace,
            scope: session.scope(of: workspace, purpose: purpose),
            path: conventions.unsorted(path)
        )
    }

    var isPaged: Bool { conventions.isPaged }

    /// The rows of a whole page.
    var pageSize: Int { isPaged ? conventions.maximumPerPage : .max }

    /// How many pages there are, as far as it is known.
    var knownPageCount: Int? {
        guard isPaged else { return 1 }
        return total.map { max(1, ($0 + pageSize - 1) / pageSize) }
    }

    /// How many calls some pages cost now: those that are kept cost none.
    func cost(of pages: some Sequence<Int>) -> Int {
        pages.reduce(0) { $0 + (isCached($1) ? 0 : 1) }
    }

    /// Whether a page costs no call now.
    func isCached(_ page: Int) -> Bool { session.holds(call(for: page), purpose: purpose) }

    /// Whether a page costs no call now, and needs no refresh either.
    func isFresh(_ page: Int) -> Bool {
        var purpose = purpose
        purpose.policy.staleWhileRevalidate = .zero
        return session.holds(call(for: page), purpose: purpose)
    }

    /// Whether no rows follow a page.
    func isExhausted(after page: Int) -> Bool {
        if !isPaged { return true }
        if let lastPage, page >= lastPage { return true }
        return isTotalKnownNow && knownPageCount.map { page >= $0 } ?? false
    }

    /// Reads pages at once; nil if one of them failed.
    func fetch(_ pages: some Sequence<Int> & Sendable) async -> [Row]? {
        let outcomes = await session.fetch(pages.map { call(for: $0) }, purpose: purpose)
        var rows: [Row] = []
        for (page, outcome) in zip(pages, outcomes) {
            switch outcome {
            case .failed(let failure):
                self.failure = failure
                return nil
            case .missing:
                // Some upstreams answer so for a page past the end; for the first one it means the whole collection.
                guard page > 1 else {
                    failure = FieldFailure(.notFound, "The upstream has no such collection.")
                    return nil
                }
                lastPage = min(lastPage ?? page, page - 1)
                learnEnd(before: page)
            case .answered(let document):
                guard let nodes = read(document, page: page) else { return nil }
                let start = isPaged ? (page - 1) * pageSize : 0
                rows.reserveCapacity(rows.count + nodes.count)
                for (index, node) in nodes.enumerated() {
                    rows.append(Row(document: document, node: node, offset: start + index))
                }
            }
        }
        return rows
    }

    /// The array of the collection's rows, if they are in one answer that is kept and are not too many.
    func cachedArray(atMost most: Int) -> (document: SourceDocument, node: Int)? {
        guard case .answered(let document)? = session.cachedOutcome(of: call(for: 1), purpose: purpose),
            let array = session.broker.workspaces[workspace].reader.rows(in: document)
        else { return nil }
        let count = document.json.count(of: array)
        // Another page follows one that is full.
        return count <= most && (!isPaged || count < pageSize) ? (document, array) : nil
    }

    private func read(_ document: SourceDocument, page: Int) -> [Int]? {
        let reader = session.broker.workspaces[workspace].reader
        guard let list = reader.rows(in: document) else {
            failure = FieldFailure(.upstreamInvalidResponse, "The upstream's answer holds no list of rows.")
            return nil
        }
        let nodes = Array(document.json.elements(of: list))
        learn(page: page, found: nodes.count, count: reader.count(in: document))
        return nodes
    }

    /// Learns from a page how many rows there are.
    ///
    /// What `count` means differs: all rows, this page's rows, or it is missing. A page that is not full ends the list.
    private func learn(page: Int, found: Int, count: Int?) {
        let start = isPaged ? (page - 1) * pageSize : 0
        let isFull = isPaged && found >= pageSize
        if isFull { lastFullPage = max(lastFullPage, page) }
        var known: Int?
        if !isFull, found > 0 || page == 1 {
            known = start + found
            lastPage = min(lastPage ?? page, page)
        } else if let count, count > found {
            // A page past the end has no rows, and tells nothing of how many come before it.
            known = found > 0 ? max(count, start + found) : count
        }
        if !isFull, found == 0 {
            lastPage = min(lastPage ?? page, max(1, page - 1))
            if known == nil { learnEnd(before: page) }
        }
        guard let known else {
            // A full page whose count is its own says nothing; what an earlier request learned may be out of date.
            if found > 0, let total, total < start + found { self.total = nil }
            return
        }
        learn(total: known)
    }

    /// Learns how many rows there are from a page without any, if the one before it is full.
    private func learnEnd(before page: Int) {
        if isPaged, page > 1, lastFullPage == page - 1 { learn(total: (page - 1) * pageSize) }
    }

    private func learn(total known: Int) {
        total = known
        isTotalKnownNow = true
        session.broker.knowledge.learn(size: known, of: knowledgeKey)
    }

    private func call(for page: Int) -> Call {
        guard let pageName = conventions.pageParameter, let perPageName = conventions.perPageParameter else {
            return Call(workspace: workspace, path: path)
        }
        let separator = path.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
        return Call(
            workspace: workspace,
            path: "\(path)\(separator)\(pageName)=\(page)&\(perPageName)=\(conventions.maximumPerPage)"
        )
    }
}
