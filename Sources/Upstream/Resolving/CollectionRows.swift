internal import GraphQL
internal import JSON

/// The rows of a window, cut from whole pages; a row that moved between two pages counts once.
struct CollectionRows: Sendable {
    /// A row of the window.
    struct Row: Sendable {
        var document: SourceDocument
        var node: Int
        /// Where the rows after this one begin.
        let cursor: PageCursor
    }

    var rows: [Row]
    /// The number of all rows, where the upstream lets it be known.
    let total: Int?
    let hasNextPage: Bool
    let hasPreviousPage: Bool

    /// Puts together what is known already.
    init(rows: [Row], total: Int?, hasNextPage: Bool, hasPreviousPage: Bool) {
        self.rows = rows
        self.total = total
        self.hasNextPage = hasNextPage
        self.hasPreviousPage = hasPreviousPage
    }

    /// Cuts a window from rows that stand in order of their offsets.
    ///
    /// - Parameters:
    ///   - candidates: rows that begin at or before the window.
    ///   - window: which of them are wanted.
    ///   - entity: tells rows apart by its key.
    ///   - total: the number of all rows, if known.
    ///   - isExhausted: whether no rows follow the candidates.
    init(
        cutting candidates: [CollectionPages.Row],
        to window: PageWindow,
        entity: Entity?,
        total: Int?,
        isExhausted: Bool
    ) {
        var seen: Set<String> = []
        var rows: [Row] = []
        let end = window.offset + window.count
        var sawNext = false
        rows.reserveCapacity(min(candidates.count, window.count))
        // Only a row of another page can be one that moved.
        let spansPages = candidates.first?.document !== candidates.last?.document
        for row in candidates {
            if row.offset >= end {
                sawNext = true
                break
            }
            guard row.offset >= window.offset else { continue }
            if spansPages, let key = entity?.key(of: row.node, in: row.document), !seen.insert(key).inserted {
                continue
            }
            let cursor = PageCursor.offset(row.offset + 1)
            rows.append(Row(document: row.document, node: row.node, cursor: cursor))
        }
        self.rows = rows
        self.total = total
        hasPreviousPage = window.offset > 0
        if let total {
            hasNextPage = sawNext || total > end
        } else {
            hasNextPage = sawNext || !isExhausted
        }
    }
}

extension CollectionRows {
    /// How many rows of the collection come before one of these, or before what follows the last.
    func offset(before index: Int) -> Int {
        func end(of row: Row) -> Int { if case .offset(let offset) = row.cursor { offset } else { 0 } }
        return index < rows.count ? end(of: rows[index]) - 1 : rows.last.map(end(of:)) ?? 0
    }
}
