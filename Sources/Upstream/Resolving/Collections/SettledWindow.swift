internal import GraphQL

/// A window from the start of a list that was read from the first page alone, and is reused as long as that page is cached and no
/// more is known about the list.
///
/// It has positions in the page, not the page itself, because the page's cached response has the window.
final class SettledWindow: Sendable {
    /// The node and the index of a row in the page.
    private struct Place: Sendable {
        let node: Int32
        let index: Int32

        init(_ row: CollectionRows.Row) {
            node = Int32(row.node)
            index = Int32(row.position.index)
        }

        func row(of document: SourceDocument) -> CollectionRows.Row {
            let position = RowPosition(page: 1, index: Int(index))
            return CollectionRows.Row(CollectionPages.Row(document: document, node: Int(node), position: position))
        }
    }

    /// The most rows of a window that is stored.
    static let maximumRows = 100

    private let count: Int
    private let options: WindowOptions
    private let known: CollectionExtent
    private let rows: [Place]
    private let behind: [Place]
    private let total: Int?
    private let hasNextPage: Bool
    private let available: Int?
    private let pageSize: Int
    private let statesPageSize: Bool

    /// Stores a window that was read from the first page alone; nil if it is no such window from the start, or has too much content.
    ///
    /// - Parameters:
    ///   - rows: the window.
    ///   - request: the requested rows.
    ///   - options: the other options of the request.
    ///   - known: the extent of the list before the page was read.
    init?(_ rows: CollectionRows, _ request: WindowRequest, _ options: WindowOptions, known: CollectionExtent) {
        guard let count = request.countFromStart, rows.rows.count <= Self.maximumRows, rows.problems.isEmpty,
            rows.unknownTotal == nil, !rows.hasPreviousPage, !rows.naming.isMerged, rows.naming.parts.count == 1,
            let part = rows.naming.parts.first, part.before.isEmpty, part.isStartKnown,
            rows.rows.allSatisfy({ $0.position.page == 1 }), part.behind.allSatisfy({ $0.position.page == 1 })
        else { return nil }
        self.count = count
        self.options = options
        self.known = known
        self.rows = rows.rows.map { Place($0) }
        behind = part.behind.map { Place($0) }
        total = rows.total
        hasNextPage = rows.hasNextPage
        available = rows.available
        pageSize = part.pageSize
        statesPageSize = part.statesPageSize
    }

    /// Whether a new read would yield this window.
    ///
    /// - Parameters:
    ///   - count: the number of rows from the start that are requested.
    ///   - options: the other options of the request.
    ///   - known: the known extent of the list.
    /// - Returns: false if a read might yield another window.
    func matches(_ count: Int, _ options: WindowOptions, known: CollectionExtent) -> Bool {
        self.count == count && self.options == options && self.known == known
    }

    /// Returns the window.
    ///
    /// - Parameter document: the page from which it was read.
    /// - Returns: the rows, and the state of the collection around them.
    func rows(of document: SourceDocument) -> CollectionRows {
        let part = RowNaming.Part(
            entity: options.filter.entity,
            order: options.order,
            fingerprint: options.fingerprint,
            pageSize: pageSize,
            statesPageSize: statesPageSize,
            behind: behind.map { $0.row(of: document) }
        )
        return CollectionRows(
            rows: rows.map { $0.row(of: document) },
            total: total,
            hasNextPage: hasNextPage,
            hasPreviousPage: false,
            naming: RowNaming(parts: [part]),
            available: available
        )
    }
}
