internal import GraphQL
internal import JSON

/// Makes the cursors of rows from the collections that they come from and the rows before them.
struct RowNaming: Sendable {
    /// One of the collections from which rows come.
    struct Part: Sendable {
        /// The name of its workspace.
        var slug = ""
        /// The type of the rows, if it has keys.
        let entity: Entity?
        /// The member by which they are sorted.
        let order: RowOrder
        /// The fingerprint of the order for cursors; nil: no cursors are selected.
        let fingerprint: OrderFingerprint?
        /// The number of rows of a full page.
        let pageSize: Int
        /// Whether cursors state the page size: it is not the requested one, or may turn out not to be.
        let statesPageSize: Bool
        /// The row directly before the first one; nil: unknown, or there is none.
        var start: RowAnchor?
        /// The row directly after the last one; nil: unknown, or there is none.
        var end: RowAnchor?
        /// Whether no row is between the start, or the beginning of the collection, and the rows.
        var isStartKnown = true
        /// Rows before the first one in order, at least the nearest.
        var before: [CollectionRows.Row] = []
        /// Rows after the last one.
        var behind: [CollectionRows.Row] = []
    }

    var parts: [Part]
    /// Whether the rows are merged from several workspaces.
    var isMerged = false
    /// The start cursor's anchors for workspaces that have no part here, because they failed or were not called.
    var others: [String: RowAnchor] = [:]

    /// The cursors of all rows, in their order.
    func cursors(of rows: [CollectionRows.Row]) -> [PageCursor] {
        guard isMerged else { return parts[0].anchors(of: rows).rows.map { .row($0) } }
        var current = others
        var anchors: [ArraySlice<RowAnchor>] = []
        for (index, part) in parts.enumerated() {
            let named = part.anchors(of: rows.filter { $0.part == index })
            // A part without rows before is stated too: a cursor without a workspace may mean that the workspace failed.
            let isFirst = part.isStartKnown || !named.rows.isEmpty
            current[part.slug] = named.start ?? (isFirst ? RowAnchor(offset: 0) : nil)
            anchors.append(named.rows[...])
        }
        return rows.map { row in
            let slug = parts[row.part].slug
            current[slug] = anchors[row.part].popFirst()
            return .rows(current, last: slug)
        }
    }

    /// The cursors of the first and the last row.
    func ends(of rows: [CollectionRows.Row]) -> (first: PageCursor, last: PageCursor)? {
        let most = RowAnchor.maximumNeighbors + 1
        // PERF: where rows are of one collection, a cursor needs only the few rows around its own.
        if !isMerged, rows.count > most {
            var (beginning, ending) = (self, self)
            (beginning.parts[0].end, beginning.parts[0].behind) = (nil, [])
            (ending.parts[0].start, ending.parts[0].before) = (nil, [])
            guard let first = beginning.cursors(of: Array(rows.prefix(most))).first,
                let last = ending.cursors(of: Array(rows.suffix(most))).last
            else { return nil }
            return (first, last)
        }
        let all = cursors(of: rows)
        return all.last.map { (all[0], $0) }
    }
}

extension RowNaming.Part {
    /// Makes the anchors of rows, each with the keys of neighboring rows that have the same value.
    ///
    /// - Parameter rows: the rows of the window that are of this collection.
    /// - Returns: the anchor of the position before the first of them, and the anchors of the rows.
    func anchors(of rows: [CollectionRows.Row]) -> (start: RowAnchor?, rows: [RowAnchor]) {
        let (before, behind) = (rowsBefore, rowsBehind)
        var previous = start.flatMap { $0.isNext ? nil : $0 }
        var anchors = (before + rows + behind).map { row in
            let anchor = anchor(of: row, behind: previous)
            previous = anchor
            return anchor
        }
        var next = end
        for index in anchors.indices.reversed() {
            anchors[index].following = anchors[index].neighbors(next, \.following)
            next = anchors[index]
        }
        let own = Array(anchors[before.count..<(before.count + rows.count)])
        if !before.isEmpty { return (anchors[before.count - 1], own) }
        return (isStartKnown ? start : anchors.first.flatMap { $0.offset > 1 ? $0.beforeItsRow : nil }, own)
    }

    /// The rows between the start and the first one.
    private var rowsBefore: [CollectionRows.Row] {
        guard let start, let known = before.lastIndex(where: { isRow($0, of: start) }) else { return before }
        return Array(before[(start.isNext ? known : known + 1)...])
    }

    /// The rows between the last one and the end.
    private var rowsBehind: [CollectionRows.Row] {
        guard let end, let known = behind.firstIndex(where: { isRow($0, of: end) }) else { return behind }
        return Array(behind[..<known])
    }

    private func isRow(_ row: CollectionRows.Row, of anchor: RowAnchor) -> Bool {
        guard let entity, let key = anchor.key else { return false }
        return entity.key(of: row.node, in: row.document).map { OpaqueText($0) } == key
    }

    /// Records that a row comes before the window.
    mutating func pass(_ row: CollectionRows.Row) {
        before.append(row)
        before = before.suffix(RowAnchor.maximumNeighbors)
    }

    /// Records that rows come after the window, and before those recorded so far.
    mutating func precede(_ rows: ArraySlice<CollectionRows.Row>) {
        behind = (rows + behind).prefix(RowAnchor.maximumNeighbors).map { $0 }
    }

    /// Makes the anchor of a row that follows another one.
    private func anchor(of row: CollectionRows.Row, behind previous: RowAnchor?) -> RowAnchor {
        var anchor = RowAnchor(offset: row.position.next.offset(pageSize: pageSize))
        anchor.order = fingerprint
        if statesPageSize { anchor.pageSize = pageSize }
        guard let entity, let key = entity.key(of: row.node, in: row.document),
            key.utf8.count <= RowAnchor.maximumLength
        else { return anchor }
        anchor.key = OpaqueText(key)
        anchor.value = value(of: row)
        anchor.preceding = anchor.neighbors(previous, \.preceding)
        return anchor
    }

    private func value(of row: CollectionRows.Row) -> JSONValue? {
        // By the value on its page: the row is sorted by that, and would not be found by another.
        let (document, node) = row.listed
        guard let member = document.json.member(order.member, of: node) else { return nil }
        switch document.json.value(at: member) {
        case .string(let text): return text.utf8.count <= RowAnchor.maximumLength ? .string(text) : nil
        case .number(let number): return .number(number)
        case .bool(let value): return .bool(value)
        case .null: return .null
        case .array, .object: return nil
        }
    }
}

extension RowAnchor {
    /// The number of neighboring keys that identify the position of a row whose sort value is unknown.
    private static let neighborsWithoutValue = 3

    /// The keys of the row beside this one and of further rows, as far as they are needed to find this row's position.
    fileprivate func neighbors(_ other: RowAnchor?, _ more: KeyPath<RowAnchor, [OpaqueText]>) -> [OpaqueText] {
        // Rows that sort differently are not needed.
        guard key != nil, let other, let otherKey = other.key, otherKey != key, value == nil || value == other.value
        else { return [] }
        let limit = value == nil ? Self.neighborsWithoutValue : Self.maximumNeighbors
        return Array(([otherKey] + other[keyPath: more]).prefix(limit))
    }
}
