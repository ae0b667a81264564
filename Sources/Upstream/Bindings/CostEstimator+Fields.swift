internal import GraphQL
internal import JSON

extension CostEstimator {
    /// Estimates a bound field and the fields below it.
    mutating func cost(_ field: BoundField) { table.kind(of: field.binding).estimate(field, in: &self) }

    /// The argument of a field that chooses workspaces, as a list of at most one.
    func workspaceArguments(of field: BoundField) -> [String] {
        table.workspaceArgument(of: field.binding).map { [$0] } ?? []
    }

    /// The value of the argument that chooses workspaces.
    func workspaceArgument(of field: BoundField) -> JSONValue? {
        table.workspaceArgument(of: field.binding).flatMap { field.arguments[$0] }
    }

    /// The calls of a field: one for each distinct parent, or one for each workspace.
    func targets(of field: BoundField, isSameForAllParents: Bool) -> CostContext.Choice {
        let parents = field.parents
        guard !parents.isAtRoot else {
            // The root value is empty: no member of it can name an object.
            guard isSameForAllParents else { return .none }
            let choice = terms.choice(named: workspaceArgument(of: field)?.stringValue)
            let most = choice.most.multipliedSaturating(by: terms.options.deduplication ? 1 : parents.rows.max)
            return CostContext.Choice(guaranteed: parents.rows.min > 0 ? choice.guaranteed : [], most: most)
        }
        guard terms.options.deduplication else {
            return CostContext.Choice(guaranteed: isSameForAllParents ? parents.guaranteed : [], most: parents.rows.max)
        }
        guard isSameForAllParents else { return CostContext.Choice(guaranteed: [], most: parents.distinct) }
        return CostContext.Choice(guaranteed: parents.guaranteed, most: min(parents.distinct, parents.workspaces))
    }

    /// The objects that a field yields, one for each parent.
    func brought(by field: BoundField, _ targets: CostContext.Choice, id: Int) -> EstimatedRows {
        EstimatedRows(
            id: id,
            rows: CostRange(0, targets.most == 0 ? 0 : field.parents.rows.max),
            distinct: targets.most,
            workspaces: field.parents.isAtRoot ? min(1, targets.most) : field.parents.workspaces,
            isAssumed: field.parents.isAssumed
        )
    }

    /// Identifies equal bound fields, given the relevant arguments.
    func key(of field: BoundField, arguments: JSONObject) -> RowSetIDs.Key {
        RowSetIDs.Key(parents: field.parents.id, path: .bound(field.binding), arguments: arguments)
    }

    mutating func number(of field: BoundField) -> Int {
        sets.number(of: key(of: field, arguments: field.arguments))
    }

    /// Whether the calls of a key have been counted before; marks them as counted.
    mutating func isCounted(_ key: RowSetIDs.Key) -> Bool {
        guard terms.options.deduplication else { return false }
        return !knownCalls.insert(key).inserted
    }
}

extension CallTemplate {
    /// The arguments on which the template's expansion depends, and others by name.
    func relevant(of arguments: JSONObject, and others: [String]) -> JSONObject {
        var relevant = JSONObject()
        for name in template.variables.compactMap({ argument(for: $0) }) + others {
            relevant[name] = arguments[name]
        }
        return relevant
    }
}
