package import GraphQL

/// The cost of an operation in upstream calls, known before anything is sent.
///
/// The lower bound is guaranteed if nothing is cached and nothing fails; with cached responses an operation can cost
/// nothing. The upper bound is the most that planning can need, whatever the upstream's collections hold, as long as
/// the upstream applies its own filters, its lists do not grow while they are read, and no call has to be made again.
package struct OperationCost: Sendable {
    /// The calls of the whole operation.
    package let calls: CostRange
    /// The bound fields in the order of the plan, each before those below it.
    package let steps: [CostStep]
    private let plan: Plan
    private let slots: [FieldSlot]
    private var variables: VariableValues
    private let table: BindingTable
    private var terms: CostContext

    /// A field of the plan, and the index of the slot of its parent field.
    struct FieldSlot: Sendable {
        let field: PlanFieldID
        let parent: Int?
    }

    /// Estimates an operation.
    ///
    /// - Parameters:
    ///   - plan: the operation.
    ///   - variables: the coerced variables.
    ///   - table: the bindings of the plan's schema.
    ///   - terms: the workspaces of the caller, and the optimizations in use.
    package init(_ plan: Plan, variables: VariableValues, table: BindingTable, terms: CostContext) {
        var estimator = CostEstimator(plan: plan, variables: variables, table: table, terms: terms)
        estimator.run()
        self.plan = plan
        self.variables = variables
        self.table = table
        self.terms = terms
        steps = estimator.steps
        slots = estimator.slots
        calls = estimator.steps.reduce(.zero) { $0 + $1.calls }
    }

    /// The same cost under the terms and variables of another request, for `likely` and the like.
    func under(_ terms: CostContext, variables: VariableValues) -> OperationCost {
        var cost = self
        cost.terms = terms
        cost.variables = variables
        return cost
    }

    /// The cost of the same operation with likely upper bounds: known sizes and cached pages count, and the upstream is assumed to count
    /// the rows of its lists.
    package var likely: OperationCost {
        var terms = terms
        terms.isLikely = true
        return OperationCost(plan, variables: variables, table: table, terms: terms)
    }

    /// The likely upper bound of calls if nothing is cached.
    package var likelyUncachedCalls: Int {
        var terms = terms
        terms.isLikely = true
        terms.knowledge?.countsCached = true
        let likely = OperationCost(plan, variables: variables, table: table, terms: terms)
        return min(calls.max, likely.calls.max)
    }

    /// The number of rows that are guaranteed to be shown, and the least number of bytes that they take.
    ///
    /// Only lists of known size count, so this is zero unless the cost is a likely one.
    package var shown: (rows: Int, bytes: Int) {
        var sizes = MinimumSizes(plan: plan)
        return steps.reduce((0, 0)) { sum, step in
            let rows = step.rows.min
            let bytes = rows.multipliedSaturating(by: sizes.bytes(ofRows: slots[step.slot].field))
            return (sum.0.addingSaturating(rows), sum.1.addingSaturating(bytes))
        }
    }

    /// The paths of the steps that are guaranteed to show most rows, largest first.
    package func largest(_ count: Int) -> [(path: String, rows: Int)] {
        let largest = steps.filter { $0.rows.min > 0 }.sorted { $0.rows.min > $1.rows.min }.prefix(count)
        return largest.map { (path(of: $0), $0.rows.min) }
    }

    /// The step that directly encloses another.
    package func step(above step: CostStep) -> CostStep? {
        // Steps are in the order of their slots, each before those below it.
        var position = steps.partitioningIndex { $0.slot >= step.slot }
        while position > 0 {
            position -= 1
            if steps[position].depth == step.depth - 1 { return steps[position] }
        }
        return nil
    }

    /// The path of response keys to a step, joined with dots.
    package func path(of step: CostStep) -> String {
        var keys: [String] = []
        var next: Int? = step.slot
        while let slot = next {
            keys.append(plan[slots[slot].field].responseKey)
            next = slots[slot].parent
        }
        return keys.reversed().joined(separator: ".")
    }

    /// The position of a step's field in the document.
    package func location(of step: CostStep) -> SourceLocation? {
        plan[slots[step.slot].field].nodes.first.map { plan.source.location(at: Int($0.range.start)) }
    }

    /// The steps that can cost most, the most expensive first.
    ///
    /// - Parameter count: the most steps to return.
    /// - Returns: the path and the most calls of each.
    package func mostExpensive(_ count: Int) -> [(path: String, calls: Int)] {
        // Only as many are stored as are requested: a hostile operation has very many steps.
        var mostExpensive: [Int] = []
        for index in steps.indices where steps[index].calls.max > 0 {
            let position =
                mostExpensive.firstIndex { steps[$0].calls.max < steps[index].calls.max } ?? mostExpensive.count
            guard position < count else { continue }
            mostExpensive.insert(index, at: position)
            if mostExpensive.count > count { mostExpensive.removeLast() }
        }
        return mostExpensive.map { (path(of: steps[$0]), steps[$0].calls.max) }
    }
}

extension [CostStep] {
    /// The position of the first step from which on a condition holds.
    fileprivate func partitioningIndex(_ holds: (CostStep) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
