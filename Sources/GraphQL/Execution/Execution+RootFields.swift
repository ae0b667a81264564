extension Execution {
    /// The root fields whose values can be taken from another operation that selects the same of them; none if there is only one.
    ///
    /// They are those of a query that are bound, and whose response does not come in parts.
    package var independentRootFields: [PlanFieldID] {
        guard plan.operation == .query, plan.parts.isEmpty, plan.continuations.isEmpty,
            let fields = plan[plan.root].variants.first?.fields, fields.count > 1
        else { return [] }
        return fields.filter { plan[$0].source.isBound }
    }

    /// The places of root fields in the response: that of each is the place of its range in `ResponseContents.rootRanges`.
    package var rootFields: [PlanFieldID] { plan[plan.root].variants.first?.fields ?? [] }
}

extension FieldSource {
    /// Whether values come from a binding.
    fileprivate var isBound: Bool {
        if case .bound = self { true } else { false }
    }
}
