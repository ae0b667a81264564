internal import JSON

/// The rows that have been seen, so that each is shown once.
struct SeenRows {
    private let filter: RowFilter
    /// The keys, while there are few.
    // PERF: most windows have a handful of rows, which are compared faster than a table is allocated.
    private var few: [OpaqueText] = []
    /// The keys, once there are more.
    private var keys: Set<OpaqueText> = []

    private static let mostCompared = 16

    init(_ filter: RowFilter, without excluded: [OpaqueText] = []) {
        self.filter = filter
        exclude(excluded)
    }

    /// Marks rows as seen.
    mutating func exclude(_ excluded: [OpaqueText]) {
        for key in excluded { _ = insert(key) }
    }

    /// Whether a row is shown, and has not been seen before; marks it as seen.
    mutating func insert(_ row: CollectionPages.Row) -> Bool {
        guard filter.isShown(row) else { return false }
        guard let key = filter.key(of: row) else { return true }
        return insert(key)
    }

    /// Whether a key has not been seen before; marks it as seen.
    private mutating func insert(_ key: OpaqueText) -> Bool {
        guard keys.isEmpty else { return keys.insert(key).inserted }
        guard !few.contains(key) else { return false }
        few.append(key)
        if few.count > Self.mostCompared { keys = Set(few) }
        return true
    }
}
