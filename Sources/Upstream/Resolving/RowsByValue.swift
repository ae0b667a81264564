internal import GraphQL
internal import JSON

/// The rows of a whole list, grouped by the members that equality filters compare.
struct RowsByValue {
    private let rows: [CollectionPages.Row]
    /// The rows by their values, for each set of members.
    private var groups: [[JSONKey]: [[OpaqueText?]: [CollectionPages.Row]]] = [:]
    /// The distinct values of each member, grouped by spellings that are alike.
    private var spellings: [JSONKey: [OpaqueText: Set<OpaqueText>]] = [:]

    /// Makes groups of the rows of a whole list, each row once.
    init(_ rows: [CollectionPages.Row], entity: Entity?) {
        var seen: Set<OpaqueText> = []
        self.rows = rows.filter { row in
            guard let key = entity?.key(of: row.node, in: row.document) else { return true }
            return seen.insert(OpaqueText(key)).inserted
        }
    }

    /// The rows that pass all of some filters, in order.
    ///
    /// - Parameters:
    ///   - filters: the filters.
    ///   - keys: the parameters whose values are keys of objects, so that no row may have one of them.
    /// - Returns: the rows; nil if a member has other values than single scalars, or the filter's value in another spelling that the
    ///   upstream may treat as equal, or if no row has the value of a filter: it may stand for several others.
    mutating func rows(passing filters: [ListSelection.Filter], keys: Set<String>) -> [CollectionPages.Row]? {
        guard !filters.isEmpty else { return rows }
        let members = filters.map(\.member)
        if groups[members] == nil {
            guard let group = group(by: members) else { return nil }
            groups[members] = group
        }
        guard filters.allSatisfy({ (keys.contains($0.parameter) || isSeen($0)) && !hasOtherSpelling($0) }) else {
            return nil
        }
        return groups[members]?[filters.map { OpaqueText($0.value.name) }] ?? []
    }

    private mutating func hasOtherSpelling(_ filter: ListSelection.Filter) -> Bool {
        spellings(of: filter).contains { $0 != OpaqueText(filter.value.name) }
    }

    private mutating func isSeen(_ filter: ListSelection.Filter) -> Bool {
        spellings(of: filter).contains(OpaqueText(filter.value.name))
    }

    /// The values of rows that are like a filter's value.
    private mutating func spellings(of filter: ListSelection.Filter) -> Set<OpaqueText> {
        if spellings[filter.member] == nil {
            spellings[filter.member] = rows.reduce(into: [:]) { spellings, row in
                let node = row.document.json.member(filter.member, of: row.node)
                guard let text = node.flatMap({ row.document.json.scalarText(of: $0) }) else { return }
                spellings[OpaqueText(Spelling.common(text)), default: []].insert(OpaqueText(text))
            }
        }
        return spellings[filter.member]?[OpaqueText(Spelling.common(filter.value.name))] ?? []
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
