internal import GraphQL
internal import JSON

extension CostEstimator {
    /// Estimates the objects that an argument names, and the fields below them.
    mutating func estimateNodes(argument: String, _ field: BoundField) {
        let names: [JSONValue] =
            switch field.arguments[argument] {
            case .array(let values)?: values
            case let value?: [value]
            case nil: []
            }
        let wanted = Dictionary(grouping: Set(names.compactMap(reference)), by: \.entity.type)
        let count = wanted.values.reduce(0) { $0 + $1.count }
        let isKnown = isCounted(key(of: field, arguments: field.arguments))
        var most = 0
        for references in wanted.values {
            guard let entity = references.first?.entity else { continue }
            let pages = EntityCallPlan.mostCallsInVain(
                keys: references.count,
                workspaces: Set(references.map(\.id.workspace)).count,
                deduplicates: terms.options.deduplication
            )
            most += references.count + (scans(entity) ? pages : 0)
        }
        let parents = field.parents
        let rows = EstimatedRows(
            id: number(of: field),
            rows: CostRange(0, names.count.multipliedSaturating(by: parents.rows.max)),
            distinct: terms.options.deduplication ? count : names.count.multipliedSaturating(by: parents.rows.max),
            workspaces: terms.workspaceCount,
            isAssumed: parents.isAssumed
        )
        if !terms.options.deduplication { most = most.multipliedSaturating(by: parents.rows.max) }
        let step = add(
            field,
            .named,
            rows: rows,
            calls: CostRange(0, isKnown ? 0 : most),
            sharesCalls: isKnown && most > 0
        )
        if parents.rows.min > 0, !isKnown { addGuaranteed(wanted.values.flatMap { $0 }, step: step) }
        descend(field, rows)
    }

    /// An object that a global id identifies.
    private struct Reference: Hashable {
        let entity: Entity
        let id: GlobalID

        static func == (left: Reference, right: Reference) -> Bool { left.id == right.id }
        func hash(into hasher: inout Hasher) { hasher.combine(id) }
    }

    private func reference(_ name: JSONValue) -> Reference? {
        guard let id = name.stringValue.flatMap({ GlobalID(text: $0) }), let entity = table.entity(named: id.type),
            entity.accepts(key: id.key), terms.slugs?.contains(id.workspace) ?? true
        else { return nil }
        return Reference(entity: entity, id: id)
    }

    private mutating func addGuaranteed(_ references: [Reference], step: Int) {
        for reference in references {
            guard let workspace = terms.slugs?.firstIndex(of: reference.id.workspace) else { continue }
            tally(reference.entity) { $0.addGuaranteed(reference.id.key, workspace: workspace, step: step) }
        }
    }
}
