internal import JSON

/// Finds a row that a cursor names among the rows of neighboring pages, or the place where it would sort.
struct AnchorSearch {
    /// The key and the sort value of a row.
    struct Row {
        let position: RowPosition
        let key: OpaqueText?
        let value: SortKey
    }

    /// Where the searched row is, as the rows show it.
    enum Result: Sendable, Hashable {
        /// It stands there.
        case found(RowPosition)
        /// It is gone: its place is before the row there.
        case gone(RowPosition)
        /// It stands on an earlier page, if anywhere.
        case earlier
        /// It stands on a later page, if anywhere.
        case later
        /// It is not here, and nothing says where it would sort.
        case unknown
    }

    let anchor: RowAnchor
    let order: RowOrder
    /// Whether rows before it are wanted, so that the rows behind it are those that were shown.
    var isEnd = false

    /// Looks at rows in order.
    ///
    /// - Parameters:
    ///   - rows: the rows of neighboring pages.
    ///   - end: the position behind the last of them.
    ///   - mayBeEarlier: whether the page before them could be read.
    ///   - mayBeLater: whether the page after them could be read.
    /// - Returns: what they say of the row.
    func search(_ rows: [Row], end: RowPosition, mayBeEarlier: Bool, mayBeLater: Bool) -> Result {
        let found = found(among: rows)
        let rows = unique(rows)
        func position(_ index: Int) -> RowPosition { index < rows.count ? rows[index].position : end }
        if let found { return place(without: found, among: rows).map { .gone(position($0)) } ?? .found(found.position) }
        guard !rows.isEmpty else { return mayBeLater ? .later : mayBeEarlier ? .earlier : .gone(end) }
        guard let value = anchor.value.map({ SortKey($0) }), let isBefore = direction(of: rows) else {
            return neighbor(among: rows.indices, of: rows).map { .gone(position($0)) } ?? .unknown
        }
        // Rows before `low` sort before the row; those from `high` on behind it; between them its value is theirs.
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
        // Others of its value, and it among them, may stand on the pages beside.
        if high == rows.count, mayBeLater { return .later }
        if low == 0, mayBeEarlier { return .earlier }
        if let index = neighbor(among: low..<high, of: rows) { return .gone(position(index)) }
        // None of the rows that share its value was shown with it.
        return .gone(position(isEnd ? high : low))
    }

    /// The rows, each where it comes first: pages that were read at different times may overlap, which is no order.
    private func unique(_ rows: [Row]) -> [Row] {
        var seen: Set<OpaqueText> = []
        return rows.filter { row in row.key.map { seen.insert($0).inserted } ?? true }
    }

    /// The row itself, unless it stands elsewhere because its value is another by now: then the rows that followed it follow
    /// the place where it stood.
    private func found(among rows: [Row]) -> Row? {
        // A row that moved on while pages were read stands on two of them: what follows it follows the later one.
        // One that a page has twice stands where it comes first.
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

    /// Where the row stood, if it has moved among the rows that share its value; nil: it is where it was, as far as rows beside it show.
    ///
    /// Then the rows that it followed stand behind it, or those that followed it before it: two more than have stayed, as of two rows
    /// alone nobody knows which has moved.
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

    /// The place behind the last row that is known to come before it, or before the first that is known to follow.
    private func neighbor(among range: Range<Int>, of rows: [Row]) -> Int? {
        let behind = range.last { index in rows[index].key.map { anchor.preceding.contains($0) } ?? false }
        let before = range.first { index in rows[index].key.map { anchor.following.contains($0) } ?? false }
        return isEnd ? before ?? behind.map { $0 + 1 } : behind.map { $0 + 1 } ?? before
    }

    /// How the rows are sorted, going by themselves where they show it; nil: not by the member.
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
