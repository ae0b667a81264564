internal import GraphQL
internal import JSON

extension CostEstimator {
    /// Estimates one object for each parent, and the fields below it.
    mutating func estimateObjects(_ binding: ObjectBinding, _ field: BoundField) {
        let template = binding.template
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
        note(bringing: binding.entity)
        let brought = self.brought(by: field, targets, id: sets.number(of: key))
        let rows = brought.holding(plan[field.id].shape.listDepth, of: assumedRows, id: brought.id)
        add(
            field,
            .object(template: template.template.text),
            rows: rows,
            calls: isKnown ? .zero : CostRange(least, targets.most),
            sharesCalls: isKnown && targets.most > 0
        )
        descend(field, rows, entity: binding.entity)
    }
}
