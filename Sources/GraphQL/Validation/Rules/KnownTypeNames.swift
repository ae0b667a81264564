/// Types that a document refers to exist.
///
/// https://spec.graphql.org/September2025/#sec-Fragment-Spread-Type-Existence
final class KnownTypeNames: ValidationRule {
    static let entered: NodeKinds = .namedType

    private let context: ValidationContext
    /// Types that the document itself defines, in order.
    private let defined: [String]
    private let definedNames: Set<String>

    init(_ context: ValidationContext) {
        self.context = context
        defined = context.document.definitions.compactMap { definition in
            if case .type(let node) = definition, !node.isExtension { node.name.value } else { nil }
        }
        definedNames = Set(defined)
    }

    func enter(namedType: NamedTypeNode) -> VisitAction {
        let name = namedType.name.value
        guard context.extendedSchema?[name] == nil, !definedNames.contains(name) else { return .proceed }
        let isInTypeSystem = context.isInTypeSystemDefinition
        if isInTypeSystem, Self.builtIn.contains(name) { return .proceed }
        let existing = context.extendedSchema.map { schema in schema.visibleTypes.map { schema[$0].name } } ?? []
        let suggestions = suggestionList(name, (isInTypeSystem ? Self.builtIn : []) + existing + defined)
        context.report("Unknown type \"\(name)\".\(didYouMean(suggestions))", at: namedType.range)
        return .proceed
    }

    /// Types that every schema has, whether or not anything refers to them.
    private static let builtIn = BuiltInTypes.all.map(\.name)
}
