/// Root fields of mutations and subscriptions are neither deferred nor streamed: their order, or their events, would be lost.
///
/// https://github.com/graphql/graphql-spec/pull/1110
final class DeferStreamDirectiveOnRootField: ValidationRule {
    static let entered: NodeKinds = .operationDefinition

    private let context: ValidationContext
    /// Fragments in which nothing was found.
    private var checked: Set<String> = []

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(operation: OperationDefinitionNode) -> VisitAction {
        guard operation.operation != .query, let root = context.schema.rootType(of: operation.operation) else {
            return .proceed
        }
        var visited: Set<String> = []
        let place = "root \(operation.operation.rawValue) type \"\(root.name)\""
        if check(operation.selectionSet, at: place, &visited) { checked.formUnion(visited) }
        return .proceed
    }

    /// Whether nothing on the root is deferred or streamed.
    private func check(_ selectionSet: SelectionSetNode, at place: String, _ visited: inout Set<String>) -> Bool {
        var isValid = true
        func report(_ title: String, _ directives: [DirectiveNode], _ name: String) {
            guard let directive = directives.first(where: { $0.name.value == name }) else { return }
            isValid = false
            context.report("\(title) directive cannot be used on \(place).", at: directive.range)
        }
        for selection in selectionSet.selections {
            switch selection {
            case .field(let field):
                report("Stream", field.directives, DirectiveNode.stream)
            case .fragmentSpread(let spread):
                let name = spread.name.value
                guard visited.insert(name).inserted, let fragment = context.fragment(named: name) else { continue }
                report("Defer", spread.directives, DirectiveNode.defer)
                guard !checked.contains(name) else { continue }
                if !check(fragment.selectionSet, at: place, &visited) { isValid = false }
            case .inlineFragment(let fragment):
                report("Defer", fragment.directives, DirectiveNode.defer)
                if !check(fragment.selectionSet, at: place, &visited) { isValid = false }
            }
        }
        return isValid
    }
}
