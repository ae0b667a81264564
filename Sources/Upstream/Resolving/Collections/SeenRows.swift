internal import JSON

/// Rows that were seen, so that each is shown once.
struct SeenRows {
    private let filter: RowFilter
    private var keys: Set<OpaqueText> = []

    init(_ filter: RowFilter, without excluded: [OpaqueText] = []) {
        self.filter = filter
        keys = Set(excluded)
    }

    /// Takes more rows for seen.
    mutating func exclude(_ excluded: [OpaqueText]) { keys.formUnion(excluded) }

    /// Whether a row is to be shown, and comes for the first time.
    mutating func insert(_ row: CollectionPages.Row) -> Bool {
        guard filter.isShown(row) else { return false }
        guard let key = filter.key(of: row) else { return true }
        return keys.insert(key).inserted
    }
}
