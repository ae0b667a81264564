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

    /// Whether it may be applied more than once at one location.
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

    /// An argument that is defined more than once, which other rules report, counts once: at its first position, with its
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
