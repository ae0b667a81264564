internal import JSON

/// The rows and counts of pages before they were read again, because rows moved between pages while these were read.
///
/// A row that moves from one page to the one before it is on neither, if it moves after the latter and before the former is read. A
/// page that is read again has it; the rows that the page had before may have moved too, and are not lost either.
struct EarlierReadings {
    private var rows: [Int: [CollectionPages.Row]] = [:]
    /// The earlier readings of pages, by page number.
    private var counts: [Int: [CountTimeline.Reading]] = [:]

    /// Adds the rows that a page had, and the count that it stated.
    mutating func add(_ shown: [CollectionPages.Row], _ reading: CountTimeline.Reading?, of page: Int) {
        rows[page] = shown
        if let reading { counts[page, default: []].append(reading) }
    }

    /// Removes the earlier readings of a page.
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

    /// The rows of a page together with those that it had before, each once, in an order that agrees with both readings.
    ///
    /// - Parameters:
    ///   - now: the rows of the latest reading.
    ///   - page: its number.
    ///   - entity: the type whose key identifies rows; if a row has no key, only the latest reading counts.
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
        // New rows come after the last row that both readings have, and after those that vanished behind it: most have moved up in their
        // place, and what follows a row that vanished must not lack them.
        var newRows: [OpaqueText?: [CollectionPages.Row]] = [:]
        var last: OpaqueText?
        for (key, row) in zip(keys.now, now) {
            if known.contains(key) { last = key } else { newRows[last, default: []].append(row) }
        }
        var joined = newRows[nil] ?? []
        var following: [CollectionPages.Row] = []
        for (key, row) in zip(keys.before, before) {
            guard let present = current[key] else {
                joined.append(row)
                continue
            }
            joined += following
            joined.append(present)
            following = newRows.removeValue(forKey: key) ?? []
        }
        joined += following
        return joined.enumerated().map { index, row in
            CollectionPages.Row(
                document: row.document,
                node: row.node,
                position: RowPosition(page: page, index: index)
            )
        }
    }
}
