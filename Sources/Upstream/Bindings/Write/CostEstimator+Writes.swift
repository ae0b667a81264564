internal import GraphQL
internal import JSON

extension CostEstimator {
    /// Estimates a write: the write itself, and a fetch of the object if its response may be incomplete.
    mutating func estimateWrite(_ write: WriteBinding, _ field: BoundField) {
        let isPossible = write.template.expand(arguments: field.arguments, parent: .empty, node: 0) != nil
        let choice = terms.choice(named: workspaceArgument(of: field)?.stringValue)
        let most = isPossible ? min(1, choice.most) : 0
        let least = choice.guaranteed.isEmpty ? 0 : most
        let targets = CostContext.Choice(guaranteed: [], most: most)
        let rows = brought(by: field, targets, id: sets.number(of: key(of: field, arguments: field.arguments)))
        let fetches = write.method != .delete && write.entity != nil ? most : 0
        add(
            field,
            .write(method: write.method, template: write.template.template.text),
            rows: rows,
            calls: CostRange(least, most + fetches)
        )
        descend(field, rows, entity: write.entity)
    }
}
