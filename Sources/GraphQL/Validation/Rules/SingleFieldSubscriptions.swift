/// A subscription selects one field, which is not one of introspection.
///
/// https://spec.graphql.org/September2025/#sec-Single-Root-Field
final class SingleFieldSubscriptions: ValidationRule {
    static let entered: NodeKinds = .operationDefinition

    private let context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(operation: OperationDefinitionNode) -> VisitAction {
        guard operation.operation == .subscription, let type = context.schema.rootType(of: .subscription) else {
            return .skip
        }
        let name = operation.name.map { "Subscription \"\($0.value)\"" } ?? "Anonymous Subscription"
        var collection = RootFieldCollection(context: context, type: type)
        collection.collect(operation.selectionSet)
        guard collection.conditions.isEmpty else {
            context.report(
                "\(name) must not use `@skip` or `@include` directives in the top level selection.",
                at: collection.conditions.map(\.range)
            )
            return .skip
        }
        if collection.groups.count > 1 {
            let extra = collection.groups.dropFirst().flatMap { $0.map(\.range) }
            context.report("\(name) must select only one top level field.", at: extra)
        }
        for group in collection.groups where group.first?.name.value.hasPrefix("__") == true {
            context.report("\(name) must not select an introspection top level field.", at: group.map(\.range))
        }
        return .skip
    }
}

/// Collects the root fields of a subscription by response key.
private struct RootFieldCollection {
    let context: ValidationContext
    let type: NamedType
    /// The fields of each response key, in order of the keys' first fields.
    private(set) var groups: [[FieldNode]] = []
    /// Directives whose conditions depend on variables, so that nobody can tell here what is selected.
    private(set) var conditions: [DirectiveNode] = []
    private var ordinals: [String: Int] = [:]
    private var visitedFragments: Set<String> = []

    init(context: ValidationContext, type: NamedType) {
        self.context = context
        self.type = type
    }

    /// Collects what a selection set selects; with a stack of its own, since chains of fragments can be long.
    mutating func collect(_ selectionSet: SelectionSetNode) {
        var pending = [selectionSet.selections[...]]
        while var selections = pending.popLast() {
            guard let selection = selections.popFirst() else { continue }
            pending.append(selections)
            switch selection {
            case .field(let field): if isIncluded(field.directives) { add(field) }
            case .inlineFragment(let fragment):
                if isIncluded(fragment.directives), applies(fragment.typeCondition) {
                    pending.append(fragment.selectionSet.selections[...])
                }
            case .fragmentSpread(let spread):
                let name = spread.name.value
                guard !visitedFragments.contains(name), isIncluded(spread.directives) else { continue }
                visitedFragments.insert(name)
                guard let fragment = context.fragment(named: name), applies(fragment.typeCondition) else { continue }
                pending.append(fragment.selectionSet.selections[...])
            }
        }
    }

    private mutating func add(_ field: FieldNode) {
        let key = field.responseKey.value
        if let known = ordinals[key] {
            groups[known].append(field)
        } else {
            ordinals[key] = groups.count
            groups.append([field])
        }
    }

    private mutating func isIncluded(_ directives: [DirectiveNode]) -> Bool {
        if let isSkipped = condition(of: "skip", in: directives), isSkipped { return false }
        return condition(of: "include", in: directives) ?? true
    }

    /// The constant condition of a directive; nil if there is none.
    private mutating func condition(of name: String, in directives: [DirectiveNode]) -> Bool? {
        guard let directive = directives.first(where: { $0.name.value == name }) else { return nil }
        switch directive.arguments.last(where: { $0.name.value == "if" })?.value {
        case .boolean(let value, _)?: return value
        case .variable?: conditions.append(directive)
        default: break
        }
        return nil
    }

    private func applies(_ condition: NamedTypeNode?) -> Bool {
        guard let condition else { return true }
        guard let conditionType = context.schema[condition.name.value] else { return false }
        return conditionType.id == type.id || context.schema.isSubtype(type.id, of: conditionType.id)
    }
}
