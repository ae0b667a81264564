/// Uses of variables in one or more definitions.
final class VariableUses {
    /// One of each variable and expectation: a rule that finds no fault with these finds none with the others.
    let distinct: [VariableUsage]
    private let own: [VariableUsage]
    private let parts: [VariableUses]

    /// The uses in one definition.
    init(_ usages: [VariableUsage]) {
        own = usages
        parts = []
        distinct = Self.distinct(usages)
    }

    /// The uses in several definitions.
    init(joining parts: [VariableUses]) {
        own = []
        self.parts = parts
        distinct = Self.distinct(parts.flatMap(\.distinct))
    }

    /// All uses, in order.
    var all: [VariableUsage] { own + parts.flatMap(\.all) }

    private static func distinct(_ usages: [VariableUsage]) -> [VariableUsage] {
        if usages.count < 8 { return usages }
        var known: Set<Expectation> = []
        return usages.filter { known.insert(Expectation($0)).inserted }
    }

    private struct Expectation: Hashable {
        let ordinal: Int
        let type: TypeReference?
        let hasDefaultValue: Bool
        let parentType: TypeReference?

        init(_ usage: VariableUsage) {
            ordinal = usage.ordinal
            type = usage.type
            hasDefaultValue = usage.hasDefaultValue
            parentType = usage.parentType
        }
    }
}
