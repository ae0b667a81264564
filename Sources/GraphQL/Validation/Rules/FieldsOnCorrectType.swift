/// The type that is selected from has the selected fields.
///
/// https://spec.graphql.org/September2025/#sec-Field-Selections
final class FieldsOnCorrectType: ValidationRule {
    static let entered: NodeKinds = .field

    private let context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(field: FieldNode) -> VisitAction {
        guard context.typeInfo.field == nil, let type = context.typeInfo.parentType else { return .proceed }
        let name = field.name.value
        var suggestion = didYouMean(typesWithField(name, instead: type), subMessage: "to use an inline fragment on")
        if suggestion.isEmpty { suggestion = didYouMean(suggestionList(name, type.fields.names)) }
        context.report("Cannot query field \"\(name)\" on type \"\(type.name)\".\(suggestion)", at: field.range)
        return .proceed
    }

    /// Types that values of an abstract type can have and that have the field: those that cover most of them first.
    private func typesWithField(_ name: String, instead type: NamedType) -> [String] {
        guard type.isAbstract else { return [] }
        let schema = context.schema
        var candidates: [NamedType] = []
        var uses: [TypeID: Int] = [:]
        for possible in schema.possibleTypes(of: type.id) {
            guard schema[possible].fields[name] != nil else { continue }
            if uses.updateValue(1, forKey: possible) == nil { candidates.append(schema[possible]) }
            for interface in schema[possible].interfaces where schema[interface].fields[name] != nil {
                if uses[interface] == nil { candidates.append(schema[interface]) }
                uses[interface, default: 0] += 1
            }
        }
        let sorted = candidates.sortedByInsertion { a, b in
            let difference = (uses[b.id] ?? 0) - (uses[a.id] ?? 0)
            if difference != 0 { return difference < 0 }
            if a.kind == .interface, schema.isSubtype(b.id, of: a.id) { return true }
            if b.kind == .interface, schema.isSubtype(a.id, of: b.id) { return false }
            return naturalOrder(a.name, b.name) < 0
        }
        return sorted.map(\.name)
    }
}

extension Array {
    /// Sorts in the same order as JavaScript engines sort short arrays with an order that is not transitive: a run from the
    /// start is used as it is, or reversed if it descends, and each later element is inserted by binary search.
    fileprivate func sortedByInsertion(_ precedes: (Element, Element) -> Bool) -> [Element] {
        guard count > 1 else { return self }
        let descends = precedes(self[1], self[0])
        var end = 2
        while end < count, precedes(self[end], self[end - 1]) == descends { end += 1 }
        var sorted: [Element] = descends ? self[..<end].reversed() : Array(self[..<end])
        for element in self[end...] {
            var low = 0
            var high = sorted.count
            while low < high {
                let middle = (low + high) / 2
                if precedes(element, sorted[middle]) { high = middle } else { low = middle + 1 }
            }
            sorted.insert(element, at: low)
        }
        return sorted
    }
}
