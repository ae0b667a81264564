/// Validation rules in the order in which each sees a node, with tables of who wants to see which kind of node.
package struct RuleSet: Sendable {
    /// Sets of rules by their positions, one bit each.
    typealias Members = UInt64

    let types: [any ValidationRule.Type]
    /// By kind of node: the rules that enter it.
    let entering: [Members]
    /// By kind of node: the rules that leave it.
    let leaving: [Members]

    /// No rules: a walk with it only tells where it stands.
    static let none = RuleSet([])

    /// Makes a set of at most 64 rules.
    package init(_ types: [any ValidationRule.Type]) {
        precondition(types.count <= Members.bitWidth, "A set holds at most 64 rules")
        self.types = types
        entering = Self.table(types.map { $0.entered })
        leaving = Self.table(types.map { $0.left })
    }

    private static func table(_ wishes: [NodeKinds]) -> [Members] {
        (0..<NodeKinds.count).map { kind in
            var members: Members = 0
            for (position, kinds) in wishes.enumerated() where kinds.rawValue & (1 << UInt64(kind)) != 0 {
                members |= 1 << Members(position)
            }
            return members
        }
    }
}
