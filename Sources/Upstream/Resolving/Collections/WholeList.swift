internal import GraphQL
internal import JSON

/// All rows of a collection, from which any number of windows are cut.
struct WholeList {
    let filter: RowFilter
    /// The rows that are shown, in order, each once.
    let shown: [CollectionPages.Row]
    /// The number of distinct objects, including those that the upstream marks as deleted.
    let total: Int

    /// Makes the list of rows in order, which become those of one page.
    init(_ rows: [CollectionPages.Row], _ filter: RowFilter) {
        self.filter = filter
        var seen = SeenRows(filter)
        shown = rows.enumerated().compactMap { index, row in
            guard seen.insert(row) else { return nil }
            let position = RowPosition(page: 1, index: index)
            return CollectionPages.Row(document: row.document, node: row.node, position: position)
        }
        total = shown.count == rows.count ? rows.count : Self.total(of: rows, filter)
    }

    private static func total(of rows: [CollectionPages.Row], _ filter: RowFilter) -> Int {
        var keys: Set<OpaqueText> = []
        return rows.count { row in
            guard row.document.json.node(row.node).kind == .object else { return false }
            let key = filter.entity?.key(of: row.node, in: row.document)
            return key.map { keys.insert(OpaqueText($0)).inserted } ?? true
        }
    }
}
