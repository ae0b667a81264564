/// No fragment spreads itself, directly or through others.
///
/// https://spec.graphql.org/September2025/#sec-Fragment-Spreads-Must-Not-Form-Cycles
final class NoFragmentCycles: ValidationRule {
    static let entered: NodeKinds = .fragmentDefinition

    private let context: ValidationContext
    private var visited: Set<String> = []
    /// The spreads on the path to the current fragment.
    private var path: [FragmentSpreadNode] = []
    /// The index in the path at which the spreads of a fragment begin.
    private var starts: [String: Int] = [:]

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(fragment: FragmentDefinitionNode) -> VisitAction {
        search(from: fragment)
        return .skip
    }

    /// A fragment whose spreads are being visited.
    private struct Step {
        let name: String
        var spreads: ArraySlice<FragmentSpreadNode>
    }

    /// Visits all spreads depth first, each fragment once; with a stack of its own, as chains can be long.
    private func search(from fragment: FragmentDefinitionNode) {
        var steps: [Step] = []
        if let step = step(into: fragment) { steps.append(step) }
        // Reporting a cycle takes time in proportion to its length, so no cycle is searched that is not reported.
        while !context.isAborted, var step = steps.popLast() {
            guard let spread = step.spreads.popFirst() else {
                starts[step.name] = nil
                if !steps.isEmpty { path.removeLast() }
                continue
            }
            steps.append(step)
            path.append(spread)
            if let start = starts[spread.name.value] {
                reportCycle(path[start...], of: spread.name.value)
            } else if let next = context.fragment(named: spread.name.value), let inner = self.step(into: next) {
                steps.append(inner)
                continue
            }
            path.removeLast()
        }
    }

    private func step(into fragment: FragmentDefinitionNode) -> Step? {
        guard visited.insert(fragment.name.value).inserted else { return nil }
        let spreads = fragment.selectionSet.fragmentSpreads
        guard !spreads.isEmpty else { return nil }
        starts[fragment.name.value] = path.count
        return Step(name: fragment.name.value, spreads: spreads[...])
    }

    private func reportCycle(_ cycle: ArraySlice<FragmentSpreadNode>, of name: String) {
        let via = cycle.dropLast().map { "\"\($0.name.value)\"" }.joined(separator: ", ")
        context.report(
            "Cannot spread fragment \"\(name)\" within itself\(via.isEmpty ? "" : " via \(via)").",
            at: cycle.map(\.range)
        )
    }
}
