extension Execution {
    /// The root fields whose values can be copied from another operation with the same field; none if there is only one.
    ///
    /// These are the bound fields of a query whose response does not come in parts.
    package var independentRootFields: [PlanFieldID] {
        guard plan.operation == .query, plan.parts.isEmpty, plan.continuations.isEmpty,
            let fields = plan[plan.root].variants.first?.fields, fields.count > 1
        else { return [] }
        return fields.filter { plan[$0].source.isBound }
    }

    /// The root fields in the order of the response, which is that of `ResponseContents.rootRanges`.
    package var rootFields: [PlanFieldID] { plan[plan.root].variants.first?.fields ?? [] }
}

extension FieldSource {
    /// Whether the value comes from a binding.
    fileprivate var isBound: Bool {
        if case .bound = self { true } else { false }
    }
}
