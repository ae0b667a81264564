internal import GraphQL
internal import JSON

/// The rows of a whole list, sorted out by the members that equality filters compare.
struct RowsByValue {
    private let rows: [CollectionPages.Row]
    /// For each set of members the rows by their values.
    private var groups: [[JSONKey]: [[OpaqueText?]: [CollectionPages.Row]]] = [:]

    /// Takes the rows of a whole list, each once.
    init(_ rows: [CollectionPages.Row], entity: Entity?) {
        var seen: Set<OpaqueText> = []
        self.rows = rows.filter { row in
            guard let key = entity?.key(of: row.node, in: row.document) else { return true }
            return seen.insert(OpaqueText(key)).inserted
        }
    }

    /// The rows that pass all of some filters, in order; nil if rows have something else than one value for a member.
    mutating func rows(passing filters: [ListSelection.Filter]) -> [CollectionPages.Row]? {
        guard !filters.isEmpty else { return rows }
        let members = filters.map(\.member)
        if groups[members] == nil {
            guard let group = group(by: members) else { return nil }
            groups[members] = group
        }
        return groups[members]?[filters.map { OpaqueText($0.value.name) }] ?? []
    }

    private func group(by members: [JSONKey]) -> [[OpaqueText?]: [CollectionPages.Row]]? {
        var groups: [[OpaqueText?]: [CollectionPages.Row]] = [:]
        for row in rows {
            var values: [OpaqueText?] = []
            for member in members {
                let node = row.document.json.member(member, of: row.node)
                let text = node.flatMap { row.document.json.scalarText(of: $0) }
                if text == nil, let node, row.document.json.kind(of: node) != .null { return nil }
                values.append(text.map { OpaqueText($0) })
            }
            groups[values, default: []].append(row)
        }
        return groups
    }
}
