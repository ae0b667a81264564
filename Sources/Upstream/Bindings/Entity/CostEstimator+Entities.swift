internal import GraphQL
internal import JSON

extension CostEstimator {
    /// Estimates the entity that an argument names, and the fields below it.
    mutating func estimateEntity(_ entity: Entity, argument: UpstreamArgument, _ field: BoundField) {
        let text = argument.text(in: field.arguments)
        let name = text.flatMap { entity.accepts(key: $0) ? $0 : nil }
        let targets = name == nil ? .none : targets(of: field, isSameForAllParents: true)
        var relevant = JSONObject()
        for name in [argument.name] + workspaceArguments(of: field) { relevant[name] = field.arguments[name] }
        let step = estimateKeys(of: entity, targets, field, key: key(of: field, arguments: relevant))
        guard let name, let step else { return }
        tally(entity) { tally in
            for workspace in targets.guaranteed { tally.addGuaranteed(name, workspace: workspace, step: step) }
        }
    }

    /// Estimates the entities that a member of each parent names, and the fields below them.
    mutating func estimateReferences(_ entity: Entity, member: JSONKey, _ field: BoundField) {
        var targets = targets(of: field, isSameForAllParents: false)
        if terms.options.deduplication, let owner = field.parents.owner, owner.type == entity.type,
            owner.member == member
        {
            targets = CostContext.Choice(guaranteed: [], most: min(targets.most, owner.distinct))
        }
        estimateKeys(of: entity, targets, field, key: key(of: field, arguments: JSONObject()))
    }

    /// Estimates the search for keys of an entity type, and the fields below; returns the step's index if it makes calls.
    @discardableResult
    private mutating func estimateKeys(
        of entity: Entity,
        _ targets: CostContext.Choice,
        _ field: BoundField,
        key: RowSetIDs.Key
    ) -> Int? {
        let isKnown = isCounted(key)
        let rows = brought(by: field, targets, id: sets.number(of: key))
        let step = add(
            field,
            .entities(template: entity.template.text, collection: scans(entity) ? entity.listPath : nil),
            rows: rows,
            calls: isKnown ? .zero : CostRange(0, targets.most),
            sharesCalls: isKnown && targets.most > 0
        )
        if !isKnown {
            let workspaces = field.parents.isAtRoot ? 1 : field.parents.workspaces
            tally(entity) { $0.add(keys: targets.most, workspaces: workspaces, step: step) }
        }
        descend(field, rows, entity: entity)
        return isKnown ? nil : step
    }
}
