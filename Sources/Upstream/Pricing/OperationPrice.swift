package import GraphQL

/// What an operation can cost in upstream calls, known before anything is sent.
///
/// The lower bound is what is certain if nothing is kept and nothing fails; with kept answers an operation can cost
/// nothing. The upper bound is what planning can come to at most, whatever the upstream's collections hold, as long as
/// it keeps its own filters, its lists do not grow while they are read, and no call has to be made again.
package struct OperationPrice: Sendable {
    /// The calls of the whole operation.
    package let calls: PriceRange
    /// The bound fields in the order of the plan, each before those below it.
    package let steps: [PriceStep]
    private let plan: Plan
    private let places: [Place]

    /// A field of the plan and the one above it.
    struct Place: Sendable {
        let field: PlanFieldID
        let parent: Int?
    }

    /// Prices an operation.
    ///
    /// - Parameters:
    ///   - plan: the operation.
    ///   - variables: the coerced variables.
    ///   - table: the bindings of the plan's schema.
    ///   - terms: whose workspaces are asked, and how calls are spent.
    package init(_ plan: Plan, variables: VariableValues, table: BindingTable, terms: PricingTerms) {
        var pricer = OperationPricer(plan: plan, variables: variables, table: table, terms: terms)
        pricer.run()
        self.plan = plan
        steps = pricer.steps
        places = pricer.places
        calls = pricer.steps.reduce(.zero) { $0 + $1.calls }
    }

    /// The step that directly encloses another.
    package func step(above step: PriceStep) -> PriceStep? {
        // Steps stand in the order of their places, each before those below it.
        var position = steps.partitioningIndex { $0.place >= step.place }
        while position > 0 {
            position -= 1
            if steps[position].depth == step.depth - 1 { return steps[position] }
        }
        return nil
    }

    /// The response keys that lead to a step, joined with dots.
    package func path(of step: PriceStep) -> String {
        var keys: [String] = []
        var next: Int? = step.place
        while let place = next {
            keys.append(plan[places[place].field].responseKey)
            next = places[place].parent
        }
        return keys.reversed().joined(separator: ".")
    }

    /// The steps that can cost most, the dearest first.
    ///
    /// - Parameter count: how many at most.
    /// - Returns: the path and the most calls of each.
    package func dearest(_ count: Int) -> [(path: String, calls: Int)] {
        // Only as many are kept as are asked for: a hostile operation has very many steps.
        var dearest: [Int] = []
        for index in steps.indices where steps[index].calls.max > 0 {
            let position = dearest.firstIndex { steps[$0].calls.max < steps[index].calls.max } ?? dearest.count
            guard position < count else { continue }
            dearest.insert(index, at: position)
            if dearest.count > count { dearest.removeLast() }
        }
        return dearest.map { (path(of: steps[$0]), steps[$0].calls.max) }
    }
}

extension [PriceStep] {
    /// The position of the first step from which on a condition holds.
    fileprivate func partitioningIndex(_ holds: (PriceStep) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
