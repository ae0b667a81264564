internal import JSON

/// What pages have shown before they were read again, because rows moved between pages while these were read.
///
/// A row that moves from one page to the one before it is on neither, if it moves after the one and before the other is read. It
/// is on a page that is read again; what that page showed before may have moved too, and is not lost either.
struct EarlierReadings {
    private var rows: [Int: [CollectionPages.Row]] = [:]
    /// When pages were read before, and the numbers of rows that they stated then.
    private var counts: [Int: [CountTimeline.Reading]] = [:]

    /// Takes what a page has shown, and the number of rows that it has stated.
    mutating func add(_ shown: [CollectionPages.Row], _ reading: CountTimeline.Reading?, of page: Int) {
        rows[page] = shown
        if let reading { counts[page, default: []].append(reading) }
    }

    /// Drops what a page has shown.
    mutating func forget(_ page: Int) {
        rows[page] = nil
        counts[page] = nil
    }

    /// Whether no page has been read before.
    var isEmpty: Bool { rows.isEmpty }

    /// Whether a page has been read before.
    func contains(_ page: Int) -> Bool { rows[page] != nil }

    /// The earlier readings of a page.
    func readings(of page: Int) -> [CountTimeline.Reading] { counts[page] ?? [] }

    /// The rows of a page with those that it has shown before, each once, in an order that both have.
    ///
    /// - Parameters:
    ///   - now: the rows that it shows now.
    ///   - page: its number.
    ///   - entity: whose key identifies rows; a page with a row that has none is as it is now.
    /// - Returns: the rows.
    func joined(_ now: [CollectionPages.Row], of page: Int, entity: Entity?) -> [CollectionPages.Row] {
        guard let before = rows[page] else { return now }
        func key(_ row: CollectionPages.Row) -> OpaqueText? {
            entity?.key(of: row.node, in: row.document).map { OpaqueText($0) }
        }
        let keys = (before: before.compactMap(key), now: now.compactMap(key))
        guard keys.before.count == before.count, keys.now.count == now.count else { return now }
        let known = Set(keys.before)
        let current = Dictionary(zip(keys.now, now)) { first, _ in first }
        // New rows stand behind the last one that both have.
        var newRows: [OpaqueText?: [CollectionPages.Row]] = [:]
        var last: OpaqueText?
        for (key, row) in zip(keys.now, now) {
            if known.contains(key) { last = key } else { newRows[last, default: []].append(row) }
        }
        var joined = newRows[nil] ?? []
        for (key, row) in zip(keys.before, before) {
            joined.append(current[key] ?? row)
            joined += newRows.removeValue(forKey: key) ?? []
        }
        return joined.enumerated().map { index, row in
            CollectionPages.Row(
                document: row.document,
                node: row.node,
                position: RowPosition(page: page, index: index)
            )
        }
    }
}
