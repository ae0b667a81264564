internal import JSON

/// What pages have shown before they were read again, because rows moved between pages while these were read.
///
/// A row that moves from one page to the one before it is on neither, if it moves after the one and before the other is read. It
/// is on a page that is read again; what that page showed before may have moved too, and is not lost either.
struct EarlierReadings {
    private var rows: [Int: [CollectionPages.Row]] = [:]
    /// The numbers of rows that earlier readings of a page have stated, by reading.
    private var counts: [Int: [Int: Int]] = [:]
    /// The latest reading of pages that were read again.
    private var latest: [Int: Int] = [:]
    /// The reading that is in progress.
    private var reading = 0

    /// Begins another reading of some pages.
    mutating func begin() { reading += 1 }

    /// Takes what a page has shown, and the number of rows that it has stated.
    mutating func add(_ shown: [CollectionPages.Row], count: Int?, of page: Int) {
        rows[page] = shown
        counts[page, default: [:]][latest[page] ?? 0] = count
    }

    /// Notes that a page has been read in this reading.
    mutating func didRead(_ page: Int) {
        // PERF: hardly any page is read again.
        if reading > 0 { latest[page] = reading }
    }

    /// Drops what a page has shown.
    mutating func forget(_ page: Int) {
        rows[page] = nil
        counts[page] = nil
        latest[page] = nil
    }

    /// The fewest rows that earlier readings have stated.
    var leastCount: Int? { counts.values.flatMap(\.values).min() }

    private func readings(of page: Int, _ count: Int) -> [Int: Int] {
        var readings = counts[page] ?? [:]
        readings[latest[page] ?? 0] = count
        return readings
    }

    /// Whether a page has lost no row to the next one, by one reading in which it counts no more rows than the next.
    ///
    /// - Parameters:
    ///   - page: a page, and the number of rows that it states now.
    ///   - next: the same of the next one.
    /// - Returns: false if they may have lost rows.
    func isUnbroken(_ page: (number: Int, count: Int), _ next: (number: Int, count: Int)) -> Bool {
        guard reading > 0 else { return page.count <= next.count }
        let nextReadings = readings(of: next.number, next.count)
        return readings(of: page.number, page.count).contains { reading, count in
            nextReadings[reading].map { count <= $0 } ?? false
        }
    }

    /// The same by any two readings.
    func mayBeUnbroken(_ page: (number: Int, count: Int), _ next: (number: Int, count: Int)) -> Bool {
        let least = readings(of: page.number, page.count).values.min() ?? page.count
        return least <= readings(of: next.number, next.count).values.max() ?? next.count
    }

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
