/// Validation rules in the order in which each sees a node, with tables of who wants to see which kind of node.
package struct RuleSet: Sendable {
    /// Sets of rules by their positions, one bit each.
    typealias Members = UInt64

    /// Sets of rules by kinds of nodes: `NodeKinds.count` of them.
    // PERF: inline, since each node looks into both; an array's reference counting took 5 % of a validation.
    typealias Table = InlineArray<28, Members>

    let types: [any ValidationRule.Type]
    /// The rules that enter a kind of node, by kind.
    let entering: Table
    /// The rules that leave a kind of node, by kind.
    let leaving: Table

    /// No rules: a pass with it only tracks the current types.
    static let none = RuleSet([])

    /// Makes a set of at most 64 rules.
    package init(_ types: [any ValidationRule.Type]) {
        precondition(types.count <= Members.bitWidth, "A set holds at most 64 rules")
        self.types = types
        entering = Self.table(types.map { $0.entered })
        leaving = Self.table(types.map { $0.left })
    }

    private static func table(_ selections: [NodeKinds]) -> Table {
        Table { kind in
            var members: Members = 0
            for (position, kinds) in selections.enumerated() where kinds.rawValue & (1 << UInt64(kind)) != 0 {
                members |= 1 << Members(position)
            }
            return members
        }
    }
}
