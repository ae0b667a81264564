/// A directive that may be applied: one of the schema's or one that the document itself defines.
enum KnownDirective {
    case definition(DirectiveDefinition)
    case node(DirectiveDefinitionNode)

    /// Whether it may be applied there.
    func isAllowed(at location: DirectiveLocation) -> Bool {
        switch self {
        case .definition(let definition): definition.locations.contains(location)
        case .node(let node): node.locations.contains { $0.value == location.rawValue }
        }
    }

    /// Whether it may be applied more than once at one place.
    var isRepeatable: Bool {
        switch self {
        case .definition(let definition): definition.isRepeatable
        case .node(let node): node.isRepeatable
        }
    }

    /// The names of its arguments.
    var argumentNames: [String] {
        switch self {
        case .definition(let definition): definition.arguments.names
        case .node(let node): node.arguments.map(\.name.value)
        }
    }

    /// The arguments that must be given, with their types as text.
    func requiredArguments(in schema: Schema) -> [(name: String, type: String)] {
        switch self {
        case .definition(let definition):
            definition.arguments.filter(\.isRequired).map { ($0.name, schema.text(of: $0.type)) }
        case .node(let node): Self.requiredArguments(of: node)
        }
    }

    /// An argument that is defined more than once, which other rules tell of, counts once: at its first place, with its
    /// last type.
    private static func requiredArguments(of node: DirectiveDefinitionNode) -> [(name: String, type: String)] {
        var required: [(name: String, type: String)] = []
        for argument in node.arguments {
            guard case .nonNull = argument.type, argument.defaultValue == nil else { continue }
            if let known = required.firstIndex(where: { $0.name == argument.name.value }) {
                required[known].type = argument.type.text
            } else {
                required.append((argument.name.value, argument.type.text))
            }
        }
        return required
    }
}

/// Finds the directives that may be applied in a document.
struct DirectiveLookup {
    private let context: ValidationContext
    private let nodes: [String: DirectiveDefinitionNode]

    init(_ context: ValidationContext) {
        self.context = context
        var nodes: [String: DirectiveDefinitionNode] = [:]
        for case .directive(let node) in context.document.definitions { nodes[node.name.value] = node }
        self.nodes = nodes
    }

    /// The directive of that name; the document's own definition comes before the schema's.
    subscript(name: String) -> KnownDirective? {
        if !nodes.isEmpty, let node = nodes[name] { return .node(node) }
        return definition(named: name).map { .definition($0) }
    }

    private func definition(named name: String) -> DirectiveDefinition? {
        // Without a schema, the context's own one holds nothing but the prelude.
        let definition =
            context.hasSchema ? context.schema.directives[name] : BuiltInDirectives.all.first { $0.name == name }
        if let definition { return definition }
        return context.isInTypeSystemDefinition ? context.schema.preludeDirectives[name] : nil
    }
}
