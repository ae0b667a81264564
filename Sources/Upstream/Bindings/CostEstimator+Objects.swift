internal import GraphQL
internal import JSON

extension CostEstimator {
    /// Estimates a bound field and what is below it.
    mutating func cost(_ field: BoundField) {
        switch table[field.binding] {
        case .get(let template, let entity, _):
            estimateObjects(template, entity, field)
        case .entity(let entity, .argument(let name)):
            estimateEntity(entity, argument: name, field)
        case .entity(let entity, .member(let member)):
            estimateReferences(entity, member: member, field)
        case .list(let collection):
            estimateCollection(collection, field)
        case .entries:
            let listed = field.parents.holding(1, of: assumedRows, id: number(of: field))
            descend(field.id, listed, at: field.slot)
        case .write(let write):
            estimateWrite(write, field)
        case .gateway(let view):
            cost(view, field)
        }
    }

    // MARK: - One object for each parent

    private mutating func estimateObjects(_ template: CallTemplate, _ entity: Entity?, _ field: BoundField) {
        let isIndependent = template.isIndependentOfParent
        let path = isIndependent ? template.expand(arguments: field.arguments, parent: .empty, node: 0) : nil
        let targets = isIndependent && path == nil ? .none : targets(of: field, isSameForAllParents: isIndependent)
        let key = key(of: field, arguments: template.relevant(of: field.arguments, and: workspaceArguments(of: field)))
        let isKnown = isCounted(key)
        var least = 0
        if let path {
            for workspace in targets.guaranteed where guaranteedCalls.add(workspace: workspace, path: path) {
                least += 1
            }
        }
        note(bringing: entity)
        let brought = self.brought(by: field, targets, id: sets.number(of: key))
        let rows = brought.holding(plan[field.id].shape.listDepth, of: assumedRows, id: brought.id)
        add(
            field,
            .object(template: template.template.text),
            rows: rows,
            calls: isKnown ? .zero : CostRange(least, targets.most),
            sharesCalls: isKnown && targets.most > 0
        )
        descend(field, rows, entity: entity)
    }

    // MARK: - Entities

    private mutating func estimateEntity(_ entity: Entity, argument: String, _ field: BoundField) {
        let text = field.arguments[argument]?.scalarText
        let name = text.flatMap { entity.accepts(key: $0) ? $0 : nil }
        let targets = name == nil ? .none : targets(of: field, isSameForAllParents: true)
        var relevant = JSONObject()
        for name in [argument] + workspaceArguments(of: field) { relevant[name] = field.arguments[name] }
        let step = estimateKeys(of: entity, targets, field, key: key(of: field, arguments: relevant))
        guard let name, let step else { return }
        tally(entity) { tally in
            for workspace in targets.guaranteed { tally.addGuaranteed(name, workspace: workspace, step: step) }
        }
    }

    private mutating func estimateReferences(_ entity: Entity, member: JSONKey, _ field: BoundField) {
        var targets = targets(of: field, isSameForAllParents: false)
        if terms.options.deduplication, let owner = field.parents.owner, owner.type == entity.type,
            owner.member == member
        {
            targets = CostContext.Choice(guaranteed: [], most: min(targets.most, owner.distinct))
        }
        estimateKeys(of: entity, targets, field, key: key(of: field, arguments: JSONObject()))
    }

    /// Estimates the search for keys of an entity type, and what is below; gives the step's index if it makes calls.
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

    // MARK: - Common

    /// The argument of a field that chooses workspaces, if it has one.
    func workspaceArguments(of field: BoundField) -> [String] {
        table.workspaceArgument(of: field.binding).map { [$0] } ?? []
    }

    /// The value of the argument that chooses workspaces.
    func workspaceArgument(of field: BoundField) -> JSONValue? {
        table.workspaceArgument(of: field.binding).flatMap { field.arguments[$0] }
    }

    /// The calls of a field: one for each parent that differs, or one for each workspace.
    func targets(of field: BoundField, isSameForAllParents: Bool) -> CostContext.Choice {
        let parents = field.parents
        guard !parents.isAtRoot else {
            // The root value is empty: nothing that is named by a member of it can be asked for.
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

    /// The objects that a field brings, one for each parent.
    func brought(by field: BoundField, _ targets: CostContext.Choice, id: Int) -> EstimatedRows {
        EstimatedRows(
            id: id,
            rows: CostRange(0, targets.most == 0 ? 0 : field.parents.rows.max),
            distinct: targets.most,
            workspaces: field.parents.isAtRoot ? min(1, targets.most) : field.parents.workspaces,
            isAssumed: field.parents.isAssumed
        )
    }

    /// Identifies equal bound fields, given the arguments that matter.
    func key(of field: BoundField, arguments: JSONObject) -> RowSetIDs.Key {
        RowSetIDs.Key(parents: field.parents.id, path: .bound(field.binding), arguments: arguments)
    }

    mutating func number(of field: BoundField) -> Int {
        sets.number(of: key(of: field, arguments: field.arguments))
    }

    /// Whether calls of a key are counted; from now on they are.
    mutating func isCounted(_ key: RowSetIDs.Key) -> Bool {
        guard terms.options.deduplication else { return false }
        return !knownCalls.insert(key).inserted
    }
}

extension CallTemplate {
    /// The arguments that the template's expansion depends on, and others by name.
    func relevant(of arguments: JSONObject, and others: [String]) -> JSONObject {
        var relevant = JSONObject()
        for name in template.variables.compactMap({ argument(for: $0) }) + others {
            relevant[name] = arguments[name]
        }
        return relevant
    }
}
