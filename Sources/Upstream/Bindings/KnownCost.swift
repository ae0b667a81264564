package import GraphQL
private import Synchronization

/// The cost of a plan whose calls depend on no variable, cached with the plan.
// PERF: an estimate takes as long as writing a hundred rows.
package final class KnownCost: Sendable {
    // PERF: a class, because copying its values would retain and release a dozen references.
    private final class Entry: Sendable {
        let cost: OperationCost
        let premises: CostPremises

        init(cost: OperationCost, premises: CostPremises) {
            self.cost = cost
            self.premises = premises
        }
    }

    private let plan: Plan
    private let isConstant: Bool
    private let entry = Mutex<Entry?>(nil)

    /// Makes the cache of a plan, without a cost.
    package init(_ plan: Plan) {
        self.plan = plan
        isConstant = plan.fieldsWithVariables.allSatisfy { id in
            if case .bound = plan[id].source { false } else { true }
        }
    }

    /// The cost of an execution of the plan: that of an earlier one, unless a premise of it has changed.
    ///
    /// - Parameters:
    ///   - variables: the coerced variables.
    ///   - table: the bindings of the plan's schema.
    ///   - terms: the workspaces of the caller, and the optimizations in use.
    /// - Returns: the cost.
    package func cost(_ variables: VariableValues, table: BindingTable, terms: CostContext) -> OperationCost {
        guard isConstant else { return OperationCost(plan, variables: variables, table: table, terms: terms) }
        if let known = entry.withLock({ $0 }), known.premises.hold(in: terms) {
            return known.cost.under(terms, variables: variables)
        }
        let recorder = CostRecorder()
        let cost = OperationCost(plan, variables: variables, table: table, terms: recorder.terms(like: terms))
            .under(terms, variables: variables)
        let premises = CostPremises(terms, recorder)
        // The terms of a request retain its session.
        let detached = cost.under(CostContext(workspaceCount: 0), variables: VariableValues())
        entry.withLock { $0 = premises.map { Entry(cost: detached, premises: $0) } }
        return cost
    }
}
