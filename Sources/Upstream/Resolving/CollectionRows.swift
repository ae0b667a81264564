internal import GraphQL
internal import JSON

/// The rows of a window, cut from whole pages; a row that moved between two pages counts once.
struct CollectionRows {
    /// One row and its place in the collection.
    struct Row {
        /// The number of its document, counted from 1.
        let document: Int
        let node: Int
        let offset: Int
    }

    let window: PageWindow
    private let pageSize: Int
    private let entity: Entity?
    private(set) var documents: [SourceDocument] = []
    private(set) var rows: [Row] = []
    /// The number of all rows, where the upstream lets it be known.
    private(set) var total: Int?
    private(set) var hasNextPage = false
    private var seen: Set<String> = []
    /// Whether more rows than the last page's may follow.
    private var lastPageIsFull = false

    init(window: PageWindow, pageSize: Int, entity: Entity?) {
        self.window = window
        self.pageSize = pageSize
        self.entity = entity
    }

    var hasPreviousPage: Bool { window.offset > 0 }

    /// Adds the rows of a page, pages in ascending order.
    mutating func append(page: Int, _ document: SourceDocument?, nodes: [Int], count: Int?) {
        let start = pageSize == .max ? 0 : (page - 1) * pageSize
        let end = window.offset + window.count
        if let document { documents.append(document) }
        for (index, node) in nodes.enumerated() {
            let offset = start + index
            if offset >= end {
                hasNextPage = true
                break
            }
            guard offset >= window.offset, let document, isNew(node, in: document) else { continue }
            rows.append(Row(document: documents.count, node: node, offset: offset))
        }
        learnTotal(start: start, found: nodes.count, count: count)
    }

    private mutating func isNew(_ node: Int, in document: SourceDocument) -> Bool {
        guard let entity, let member = document.json.member(entity.key, of: node),
            let key = document.json.scalarText(of: member)
        else { return true }
        return seen.insert(key).inserted
    }

    /// What `count` means differs: all rows, this page's rows, or it is missing. A page that is not full ends the list.
    private mutating func learnTotal(start: Int, found: Int, count: Int?) {
        let isFull = found >= pageSize
        if let count, count > found || (isFull && start > 0 && count > start) {
            total = max(count, start + found)
        } else if !isFull, found > 0 || start == 0 {
            total = start + found
        }
        if let total, total > window.offset + window.count { hasNextPage = true }
        if isFull, total == nil, start + found >= window.offset + window.count { hasNextPage = true }
    }
}
