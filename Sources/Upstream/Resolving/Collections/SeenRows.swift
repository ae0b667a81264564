internal import JSON

/// Rows that were seen, so that each is shown once.
struct SeenRows {
    private let filter: RowFilter
    /// The keys, as long as there are few.
    // PERF: most windows have a handful of rows, which are compared before a table has its memory.
    private var few: [OpaqueText] = []
    /// The keys, once there are more.
    private var keys: Set<OpaqueText> = []

    private static let mostCompared = 16

    init(_ filter: RowFilter, without excluded: [OpaqueText] = []) {
        self.filter = filter
        exclude(excluded)
    }

    /// Takes more rows for seen.
    mutating func exclude(_ excluded: [OpaqueText]) {
        for key in excluded { _ = insert(key) }
    }

    /// Whether a row is to be shown, and comes for the first time.
    mutating func insert(_ row: CollectionPages.Row) -> Bool {
        guard filter.isShown(row) else { return false }
        guard let key = filter.key(of: row) else { return true }
        return insert(key)
    }

    /// Whether a key comes for the first time.
    private mutating func insert(_ key: OpaqueText) -> Bool {
        guard keys.isEmpty else { return keys.insert(key).inserted }
        guard !few.contains(key) else { return false }
        few.append(key)
        if few.count > Self.mostCompared { keys = Set(few) }
        return true
    }
}
