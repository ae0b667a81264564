internal import GraphQL
internal import JSON

/// Makes the cursors of rows: how each collection's rows are named, and which rows came before them.
struct RowNaming: Sendable {
    /// One of the collections that rows come from.
    struct Part: Sendable {
        /// The name of its workspace.
        var slug = ""
        /// The type of the rows, if it has keys.
        let entity: Entity?
        /// The member that they are sorted by.
        let order: RowOrder
        /// How many rows a full page has.
        let pageSize: Int
        /// Whether that is fewer than are asked for.
        let isCapped: Bool
        /// The row before the first one; nil: unknown, or there is none.
        var start: RowAnchor?
        /// The row behind the last one; nil: unknown, or there is none.
        var end: RowAnchor?
    }

    var parts: [Part]
    /// Whether the rows are merged from several workspaces.
    var isMerged = false

    /// The cursors of all rows, in their order.
    func cursors(of rows: [CollectionRows.Row]) -> [PageCursor] {
        let anchors = anchors(of: rows)
        guard isMerged else { return anchors.map { .row($0) } }
        var current: [String: RowAnchor] = [:]
        for part in parts { current[part.slug] = part.start }
        return zip(rows, anchors).map { row, anchor in
            let slug = parts[row.part].slug
            current[slug] = anchor
            return .rows(current, last: slug)
        }
    }

    /// The cursors of the first and the last row.
    func ends(of rows: [CollectionRows.Row]) -> (first: PageCursor, last: PageCursor)? {
        let most = RowAnchor.maximumNeighbors + 1
        // PERF: where rows are of one collection, a cursor needs only the few rows around its own.
        if !isMerged, rows.count > most {
            var (beginning, ending) = (self, self)
            beginning.parts[0].end = nil
            ending.parts[0].start = nil
            guard let first = beginning.cursors(of: Array(rows.prefix(most))).first,
                let last = ending.cursors(of: Array(rows.suffix(most))).last
            else { return nil }
            return (first, last)
        }
        let all = cursors(of: rows)
        return all.last.map { (all[0], $0) }
    }

    /// Names all rows, each with those around it that have the same value.
    private func anchors(of rows: [CollectionRows.Row]) -> [RowAnchor] {
        var previous = parts.map(\.start)
        var anchors = rows.map { row in
            let anchor = parts[row.part].anchor(of: row, behind: previous[row.part])
            previous[row.part] = anchor
            return anchor
        }
        var next = parts.map(\.end)
        for index in rows.indices.reversed() {
            let part = rows[index].part
            anchors[index].following = anchors[index].neighbors(next[part], \.following)
            next[part] = anchors[index]
        }
        return anchors
    }
}

extension RowNaming.Part {
    /// Names a row that comes behind another one.
    func anchor(of row: CollectionRows.Row, behind previous: RowAnchor?) -> RowAnchor {
        var anchor = RowAnchor(offset: row.position.next.offset(pageSize: pageSize))
        guard let entity, let key = entity.key(of: row.node, in: row.document),
            key.utf8.count <= RowAnchor.maximumLength
        else { return anchor }
        anchor.key = OpaqueText(key)
        if isCapped { anchor.pageSize = pageSize }
        anchor.value = value(of: row)
        anchor.preceding = anchor.neighbors(previous, \.preceding)
        return anchor
    }

    private func value(of row: CollectionRows.Row) -> JSONValue? {
        guard let member = row.document.json.member(order.member, of: row.node) else { return nil }
        switch row.document.json.value(at: member) {
        case .string(let text): return text.utf8.count <= RowAnchor.maximumLength ? .string(text) : nil
        case .number(let number): return .number(number)
        case .bool(let value): return .bool(value)
        case .null: return .null
        case .array, .object: return nil
        }
    }
}

extension RowAnchor {
    /// How many rows beside it name the place of a row whose sort value is unknown.
    private static let neighborsWithoutValue = 3

    /// The keys of a row beside it and of those further on, as far as they are needed to find its place.
    fileprivate func neighbors(_ other: RowAnchor?, _ more: KeyPath<RowAnchor, [OpaqueText]>) -> [OpaqueText] {
        // Rows that sort differently are not needed.
        guard key != nil, let other, let otherKey = other.key, value == nil || value == other.value else { return [] }
        let limit = value == nil ? Self.neighborsWithoutValue : Self.maximumNeighbors
        return Array(([otherKey] + other[keyPath: more]).prefix(limit))
    }
}
