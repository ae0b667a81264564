internal import GraphQL

/// A window from the start of a list, as it was read from the first page alone: it is read so again as long as that page is cached and
/// nothing else is known of the list.
///
/// Holds places in the page, not the page itself: the page's cached response holds the window.
final class SettledWindow: Sendable {
    /// Where a row of the page is.
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

    /// Takes a window that was read from the first page alone; nil if it is no such window from the start, or says more than can be stored.
    ///
    /// - Parameters:
    ///   - rows: the window.
    ///   - request: what was asked for.
    ///   - options: what else was asked for.
    ///   - known: what was known of the list before the page was read.
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

    /// Whether a reading would bring this window.
    ///
    /// - Parameters:
    ///   - count: how many rows from the start are asked for.
    ///   - options: what else is asked for.
    ///   - known: what is known of the list.
    /// - Returns: false if it might bring another one.
    func matches(_ count: Int, _ options: WindowOptions, known: CollectionExtent) -> Bool {
        self.count == count && self.options == options && self.known == known
    }

    /// The window.
    ///
    /// - Parameter document: the page that it was read from.
    /// - Returns: the rows, and what was found around them.
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
