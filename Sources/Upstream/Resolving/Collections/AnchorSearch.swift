internal import JSON

/// Searches the rows of neighboring pages for the row that a cursor names, or for the position where it would sort.
struct AnchorSearch {
    /// The key and the sort value of a row.
    struct Row {
        let position: RowPosition
        let key: OpaqueText?
        let value: SortKey
    }

    /// The result of a search for a row.
    enum Result: Sendable, Hashable {
        /// The row is at this position.
        case found(RowPosition)
        /// The row is gone: it would be before the row at this position.
        case gone(RowPosition)
        /// The row can only be on an earlier page.
        case earlier
        /// The row can only be on a later page.
        case later
        /// The row is not here, and nothing shows where it would sort.
        case unknown
    }

    /// The row that the cursor names.
    let anchor: RowAnchor
    /// The order of the list, as its parameters state it.
    let order: RowOrder
    /// Whether rows before the searched row are wanted, so that the rows after it are those that were shown.
    var isEnd = false

    /// Searches rows in their order.
    ///
    /// - Parameters:
    ///   - rows: the rows of neighboring pages.
    ///   - end: the position after the last of them.
    ///   - mayBeEarlier: whether the page before them could be read.
    ///   - mayBeLater: whether the page after them could be read.
    /// - Returns: the result.
    func search(_ rows: [Row], end: RowPosition, mayBeEarlier: Bool, mayBeLater: Bool) -> Result {
        let found = found(among: rows)
        let rows = unique(rows)
        func position(_ index: Int) -> RowPosition { index < rows.count ? rows[index].position : end }
        if let found { return place(without: found, among: rows).map { .gone(position($0)) } ?? .found(found.position) }
        guard !rows.isEmpty else { return mayBeLater ? .later : mayBeEarlier ? .earlier : .gone(end) }
        guard let value = anchor.value.map({ SortKey($0) }), let isBefore = direction(of: rows) else {
            return neighbor(among: rows.indices, of: rows).map { .gone(position($0)) } ?? .unknown
        }
        // Rows before `low` sort before the searched row, those from `high` on after it; those between have its sort value.
        let low = rows.firstIndex { !isBefore($0.value, value) } ?? rows.count
        let high = rows.firstIndex { isBefore(value, $0.value) } ?? rows.count
        if low == high {
            if low == 0, mayBeEarlier { return .earlier }
            if low == rows.count, mayBeLater { return .later }
            // A list with nothing but rows without a value is less likely than an upstream that has these at the other end.
            if !value.isNone, rows.allSatisfy(\.value.isNone) {
                if mayBeLater { return .later }
                if mayBeEarlier { return .earlier }
            }
            return .gone(position(low))
        }
        // Other rows with its value, or the searched row itself, may be on the neighboring pages.
        if high == rows.count, mayBeLater { return .later }
        if low == 0, mayBeEarlier { return .earlier }
        if let index = neighbor(among: low..<high, of: rows) { return .gone(position(index)) }
        // None of the rows that share its value is a known neighbor of it.
        return .gone(position(isEnd ? high : low))
    }

    /// The rows, each at its first position: pages that were read at different times may overlap, which says nothing about the order.
    private func unique(_ rows: [Row]) -> [Row] {
        var seen: Set<OpaqueText> = []
        return rows.filter { row in row.key.map { seen.insert($0).inserted } ?? true }
    }

    /// The searched row itself, unless it has moved because its value has changed: then the rows that followed it are after its
    /// former position.
    private func found(among rows: [Row]) -> Row? {
        // A row that moved while pages were read may be on two of them: its later position counts. If a page has it twice, its first
        // position on the page counts.
        func last(where isWanted: (Row) -> Bool) -> Row? {
            guard let last = rows.last(where: isWanted) else { return nil }
            return rows.first { $0.position.page == last.position.page && isWanted($0) }
        }
        guard let key = anchor.key, let found = last(where: { $0.key == key }) else { return nil }
        guard let value = anchor.value.map({ SortKey($0) }) else { return found }
        func hasValue(_ row: Row) -> Bool { !row.value.isLess(than: value) && !value.isLess(than: row.value) }
        if hasValue(found) || direction(of: unique(rows)) == nil { return found }
        return last { $0.key == key && hasValue($0) }
    }

    /// The index where the row would be without having moved among rows of equal value; nil: it has not moved, as far as neighbors show.
    ///
    /// It has moved if rows that it followed are now after it, or rows that followed it before it, two more than have stayed: with two
    /// rows alone it is unknown which of them has moved.
    private func place(without found: Row, among rows: [Row]) -> Int? {
        guard anchor.value != nil else { return nil }
        func surplus(of keys: [OpaqueText], behind: Bool) -> Int {
            rows.reduce(0) { surplus, row in
                guard let key = row.key, keys.contains(key) else { return surplus }
                return (row.position > found.position) == behind ? surplus + 1 : surplus - 1
            }
        }
        let hasMoved =
            surplus(of: anchor.preceding, behind: true) > 1 || surplus(of: anchor.following, behind: false) > 1
        return hasMoved ? neighbor(among: rows.indices, of: rows) : nil
    }

    /// The index after the last row that is known to precede it, or of the first that is known to follow it.
    private func neighbor(among range: Range<Int>, of rows: [Row]) -> Int? {
        let behind = range.last { index in rows[index].key.map { anchor.preceding.contains($0) } ?? false }
        let before = range.first { index in rows[index].key.map { anchor.following.contains($0) } ?? false }
        return isEnd ? before ?? behind.map { $0 + 1 } : behind.map { $0 + 1 } ?? before
    }

    /// The comparison by which the rows are sorted, as they show it themselves; nil: they are not sorted by the member.
    private func direction(of rows: [Row]) -> ((SortKey, SortKey) -> Bool)? {
        func isSorted(by isBefore: (SortKey, SortKey) -> Bool) -> Bool {
            rows.indices.dropFirst().allSatisfy { !isBefore(rows[$0].value, rows[$0 - 1].value) }
        }
        func ascending(_ left: SortKey, _ right: SortKey) -> Bool { left.isLess(than: right) }
        func descending(_ left: SortKey, _ right: SortKey) -> Bool { right.isLess(than: left) }
        // Some databases have rows without a value at the other end.
        func otherEnd(_ isBefore: @escaping (SortKey, SortKey) -> Bool) -> (SortKey, SortKey) -> Bool {
            { left, right in left.isNone == right.isNone ? isBefore(left, right) : isBefore(right, left) }
        }
        let (stated, other) = order.isDescending ? (descending, ascending) : (ascending, descending)
        // PERF: nearly always the first.
        if isSorted(by: stated) { return stated }
        return [otherEnd(stated), other, otherEnd(other)].first { isSorted(by: $0) }
    }
}
