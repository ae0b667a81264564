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
        context.spend(collection.visitedSelections / 2)
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
    /// `@skip` and `@include`, which may not be applied here: variables, which decide them, are not known yet.
    private(set) var conditions: [DirectiveNode] = []
    private(set) var visitedSelections = 0
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
            visitedSelections += 1
            switch selection {
            case .field(let field):
                noteConditions(field.directives)
                add(field)
            case .inlineFragment(let fragment):
                noteConditions(fragment.directives)
                if applies(fragment.typeCondition) { pending.append(fragment.selectionSet.selections[...]) }
            case .fragmentSpread(let spread):
                noteConditions(spread.directives)
                guard visitedFragments.insert(spread.name.value).inserted,
                    let fragment = context.fragment(named: spread.name.value), applies(fragment.typeCondition)
                else { continue }
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

    private mutating func noteConditions(_ directives: [DirectiveNode]) {
        conditions += directives.filter { $0.name.value == "skip" || $0.name.value == "include" }
    }

    private func applies(_ condition: NamedTypeNode?) -> Bool {
        guard let condition else { return true }
        guard let conditionType = context.schema[condition.name.value] else { return false }
        return conditionType.id == type.id || context.schema.isSubtype(type.id, of: conditionType.id)
    }
}
