/// Operations of subscriptions have no `@defer` or `@stream`, unless a condition may disable it at run time.
///
/// https://github.com/graphql/graphql-spec/pull/1110
final class DeferStreamDirectiveOnValidOperations: ValidationRule {
    static let entered: NodeKinds = .operationDefinition

    private let context: ValidationContext
    /// Fragments in which nothing was found.
    private var checked: Set<String> = []

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(operation: OperationDefinitionNode) -> VisitAction {
        guard operation.operation == .subscription else { return .proceed }
        var visited: Set<String> = []
        if check(operation.selectionSet, spreadAt: [], &visited) { checked.formUnion(visited) }
        return .proceed
    }

    /// Whether nothing is deferred or streamed in any case; `spreads` are where the fragments around are spread.
    private func check(
        _ selectionSet: SelectionSetNode,
        spreadAt spreads: [SourceRange],
        _ visited: inout Set<String>
    ) -> Bool {
        var isValid = true
        for selection in selectionSet.selections where !selection.directives.contains(where: \.mayLeaveOut) {
            for directive in selection.directives where directive.isIncremental && !directive.mayBeDisabled {
                isValid = false
                let name = directive.name.value
                let title = name == DirectiveNode.defer ? "Defer" : "Stream"
                context.report(
                    "\(title) directive not supported on subscription operations. "
                        + "Disable `@\(name)` by setting the `if` argument to `false`.",
                    at: [directive.range] + spreads.reversed()
                )
            }
            switch selection {
            case .field(let field):
                guard let inner = field.selectionSet else { continue }
                if !check(inner, spreadAt: spreads, &visited) { isValid = false }
            case .inlineFragment(let fragment):
                if !check(fragment.selectionSet, spreadAt: spreads, &visited) { isValid = false }
            case .fragmentSpread(let spread):
                let name = spread.name.value
                guard !checked.contains(name), visited.insert(name).inserted,
                    let fragment = context.fragment(named: name)
                else { continue }
                if !check(fragment.selectionSet, spreadAt: spreads + [spread.range], &visited) { isValid = false }
            }
        }
        return isValid
    }
}

extension SelectionNode {
    fileprivate var directives: [DirectiveNode] {
        switch self {
        case .field(let field): field.directives
        case .inlineFragment(let fragment): fragment.directives
        case .fragmentSpread(let spread): spread.directives
        }
    }
}

extension DirectiveNode {
    /// Whether its condition may disable it at run time.
    fileprivate var mayBeDisabled: Bool {
        switch argument("if") {
        case .boolean(false, _)?, .variable?: true
        default: false
        }
    }

    /// Whether its condition may skip the selection at run time.
    fileprivate var mayLeaveOut: Bool {
        switch (name.value, argument("if")) {
        case ("skip", .boolean(let value, _)?): value
        case ("include", .boolean(let value, _)?): !value
        case ("skip", _), ("include", .some): true
        default: false
        }
    }
}
