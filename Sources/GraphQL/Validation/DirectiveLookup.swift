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

    /// The directive with a name; the document's own definition takes precedence over the schema's.
    subscript(name: String) -> KnownDirective? {
        if !nodes.isEmpty, let node = nodes[name] { return .node(node) }
        return definition(named: name).map { .definition($0) }
    }

    private func definition(named name: String) -> DirectiveDefinition? {
        // Without a schema, the context's own one only has the prelude.
        let definition =
            context.hasSchema ? context.schema.directives[name] : BuiltInDirectives.all.first { $0.name == name }
        if let definition { return definition }
        return context.isInTypeSystemDefinition ? context.schema.preludeDirectives[name] : nil
    }
}
