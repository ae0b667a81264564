/// Groups the fields of selection sets by response key for one concrete type.
///
/// https://spec.graphql.org/September2025/#CollectFields()
struct FieldCollector {
    let schema: Schema
    let fragments: [String: FragmentDefinitionNode]
    let conditions: Conditions
    let source: Source
    /// The values of `@defer` and `@stream`; nil: the response is not in parts.
    let incremental: IncrementalDirectives?

    /// The most selections that are visited, over all calls: the selections of a fragment are visited for every concrete type
    /// at every spread.
    static let maximumVisits = 500_000
    /// The greatest depth of nested fragments, as each takes a part of the thread's stack.
    private static let maximumDepth = 2500
    private var visits = 0
    /// The depth of the fragment that is being visited.
    private var depth = 0

    /// The most deferred fragments, counted at each position; further ones are not deferred.
    private static let maximumDeferrals = 64
    private var deferrals = 0

    /// Whether the document has fragments, so that a selection set can be reached more than once.
    var hasFragments: Bool { !fragments.isEmpty }

    init(
        schema: Schema,
        fragments: [String: FragmentDefinitionNode],
        conditions: Conditions,
        source: Source,
        incremental: IncrementalDirectives? = nil
    ) {
        self.incremental = incremental
        self.schema = schema
        self.fragments = fragments
        self.conditions = conditions
        self.source = source
    }

    /// The groups of a selection set, in the order in which their keys first appear.
    mutating func collect(_ selectionSet: SelectionSetNode, on type: NamedType) throws(GraphQLError) -> [FieldGroup] {
        var groups = Groups(minimumCapacity: selectionSet.selections.count)
        var visited: Set<String> = []
        try collect(selectionSet, on: type, into: &groups, visited: &visited)
        return groups.ordered
    }

    /// The groups of the selection sets of a group's fields.
    mutating func collect(selectedBy group: FieldGroup, on type: NamedType) throws(GraphQLError) -> [FieldGroup] {
        var groups = Groups(minimumCapacity: group.first.selectionSet?.selections.count ?? 0)
        var visited: Set<String> = []
        if let selectionSet = group.first.selectionSet {
            try collect(selectionSet, on: type, into: &groups, visited: &visited)
        }
        for field in group.others {
            guard let selectionSet = field.selectionSet else { continue }
            try collect(selectionSet, on: type, into: &groups, visited: &visited)
        }
        return groups.ordered
    }

    private mutating func collect(
        _ selectionSet: SelectionSetNode,
        on type: NamedType,
        into groups: inout Groups,
        visited: inout Set<String>
    ) throws(GraphQLError) {
        visits += selectionSet.selections.count
        depth += 1
        defer { depth -= 1 }
        guard visits <= Self.maximumVisits else { throw Planner.tooLarge }
        guard depth <= Self.maximumDepth else {
            throw GraphQLError(
                "More than \(Self.maximumDepth) fragments are in one another; select the fields directly."
            )
        }
        for selection in selectionSet.selections {
            switch selection {
            case .field(let field):
                if try conditions.includes(field.directives, in: source) { groups.add(field) }
            case .fragmentSpread(let spread):
                guard try conditions.includes(spread.directives, in: source),
                    !visited.contains(spread.name.value),
                    let fragment = fragments[spread.name.value],
                    applies(fragment.typeCondition, to: type)
                else { continue }
                if let deferral = try deferral(spread.directives) {
                    groups.add(deferral, fragment.selectionSet, spread.range)
                    continue
                }
                visited.insert(spread.name.value)
                try collect(fragment.selectionSet, on: type, into: &groups, visited: &visited)
            case .inlineFragment(let fragment):
                guard try conditions.includes(fragment.directives, in: source),
                    fragment.typeCondition.map({ applies($0, to: type) }) ?? true
                else { continue }
                if let deferral = try deferral(fragment.directives) {
                    groups.add(deferral, fragment.selectionSet, fragment.range)
                    continue
                }
                try collect(fragment.selectionSet, on: type, into: &groups, visited: &visited)
            }
        }
    }

    private mutating func deferral(
        _ directives: [DirectiveNode]
    ) throws(GraphQLError) -> IncrementalDirectives.Deferral? {
        guard let incremental, !directives.isEmpty, deferrals < Self.maximumDeferrals,
            let deferral = try incremental.deferral(directives, in: source)
        else { return nil }
        deferrals += 1
        return deferral
    }

    /// Whether a fragment of that type condition applies to objects of the type.
    ///
    /// https://spec.graphql.org/September2025/#DoesFragmentTypeApply()
    private func applies(_ condition: NamedTypeNode, to type: NamedType) -> Bool {
        guard let conditionType = schema[condition.name.value] else { return false }
        return conditionType.id == type.id
            || (conditionType.isAbstract && schema.isSubtype(type.id, of: conditionType.id))
    }

    private struct Groups {
        private(set) var ordered: [FieldGroup] = []
        private var ordinals: [String: Int] = [:]

        init(minimumCapacity: Int) {
            ordered.reserveCapacity(minimumCapacity)
        }

        /// Adds a deferred fragment, which is merged with nothing.
        mutating func add(
            _ deferral: IncrementalDirectives.Deferral,
            _ selectionSet: SelectionSetNode,
            _ range: SourceRange
        ) {
            ordered.append(FieldGroup(deferral, selectionSet, range))
        }

        mutating func add(_ field: FieldNode) {
            let key = field.responseKey.value
            // PERF: a dictionary only pays beyond a handful of keys; most selection sets are smaller.
            if ordered.count < 8 {
                if let index = ordered.firstIndex(where: { $0.responseKey == key }) {
                    ordered[index].append(field)
                    return
                }
            } else {
                if ordinals.isEmpty {
                    for (index, group) in ordered.enumerated() { ordinals[group.responseKey] = index }
                }
                if let index = ordinals[key] {
                    ordered[index].append(field)
                    return
                }
                ordinals[key] = ordered.count
            }
            ordered.append(FieldGroup(field))
        }
    }
}
