internal import GraphQL
internal import JSON

extension WorkspaceBinding {
    func estimate(_ field: BoundField, in estimator: inout CostEstimator) {
        let terms = estimator.terms
        let argument = estimator.workspaceArgument(of: field)
        switch view {
        case .own: estimator.showOwnWorkspace(field)
        case .all: show(terms.choice(named: argument), field, &estimator)
        case .bySlug: show(terms.choice(named: argument?.stringValue), field, &estimator)
        }
    }

    /// Adds a step for workspaces that are the same for all parents.
    private func show(_ choice: CostContext.Choice, _ field: BoundField, _ estimator: inout CostEstimator) {
        let parents = field.parents
        let isGuaranteed = parents.rows.min > 0
        let most = choice.most.multipliedSaturating(by: parents.rows.max)
        let rows = EstimatedRows(
            id: estimator.number(of: field),
            rows: CostRange(isGuaranteed ? choice.guaranteed.count : 0, most),
            distinct: choice.most,
            workspaces: choice.most,
            guaranteed: isGuaranteed ? choice.guaranteed : [],
            isAssumed: parents.isAssumed
        )
        estimator.show(rows, field)
    }
}

extension CostEstimator {
    /// Adds a step for each parent's own workspace, of which there are no more than workspaces.
    mutating func showOwnWorkspace(_ field: BoundField) {
        let parents = field.parents
        guard !parents.isAtRoot else { return }
        var rows = parents.holding(0, of: 1, id: number(of: field))
        rows.distinct = min(parents.distinct, parents.workspaces)
        rows.guaranteed = parents.guaranteed
        show(rows, field)
    }

    /// Adds a step without calls, and the fields below it.
    mutating func show(_ rows: EstimatedRows, _ field: BoundField) {
        guard descends(field.id) else { return }
        add(field, .gateway, rows: rows, calls: .zero)
        descend(field, rows)
    }
}
