internal import JSON

/// Builds types, fields, values and directives from their nodes.
struct DefinitionBuilder {
    /// The ids of all types by name.
    let ids: [String: TypeID]
    /// Coerced defaults by the node of their definition; empty as long as they are not known.
    ///
    /// An invalid default is not included: a schema with one is not valid.
    let defaults: [ObjectIdentifier: JSONValue]

    /// Builds a type from its definition and extensions.
    func type(_ id: TypeID, _ node: TypeDefinitionNode, extensions: [TypeDefinitionNode]) -> NamedType {
        let nodes = [node] + extensions
        var content = NamedType.Content()
        content.description = node.description?.value
        content.directives = nodes.flatMap(\.directives)
        content.definitions = nodes
        switch node.kind {
        case .scalar:
            content.specifiedByURL = node.directives.specifiedByURL
        case .object, .interface:
            content.fields = DefinitionMap<FieldDefinition>(nodes.flatMap(\.members.fields).compactMap(field))
            content.interfaces = nodes.flatMap(\.members.interfaces).compactMap { ids[$0.name.value] }
        case .union:
            content.memberTypes = nodes.flatMap(\.members.types).compactMap { ids[$0.name.value] }
        case .enumeration:
            content.values = DefinitionMap<EnumValueDefinition>(nodes.flatMap(\.members.values).map(enumValue))
        case .inputObject:
            content.inputFields = inputValues(nodes.flatMap(\.members.inputFields))
            content.isOneOf = node.directives.contains { $0.name.value == BuiltInDirectives.oneOf.name }
        }
        return NamedType(id: id, kind: node.kind, name: node.name.value, content: content)
    }

    /// Builds a directive from its definition.
    func directive(_ node: DirectiveDefinitionNode) -> DirectiveDefinition {
        DirectiveDefinition(
            name: node.name.value,
            description: node.description?.value,
            arguments: inputValues(node.arguments),
            isRepeatable: node.isRepeatable,
            locations: node.locations.compactMap { DirectiveLocation(rawValue: $0.value) },
            node: node
        )
    }

    private func field(_ node: FieldDefinitionNode) -> FieldDefinition? {
        guard let type = reference(node.type) else { return nil }
        return FieldDefinition(
            name: node.name.value,
            description: node.description?.value,
            arguments: inputValues(node.arguments),
            type: type,
            deprecationReason: node.directives.deprecationReason,
            directives: node.directives,
            node: node
        )
    }

    private func inputValues(_ nodes: [InputValueDefinitionNode]) -> DefinitionMap<InputValueDefinition> {
        DefinitionMap<InputValueDefinition>(
            nodes.compactMap { node in
                guard let type = reference(node.type) else { return nil }
                return InputValueDefinition(
                    name: node.name.value,
                    description: node.description?.value,
                    type: type,
                    defaultValue: node.defaultValue,
                    coercedDefault: defaults[ObjectIdentifier(node)],
                    deprecationReason: node.directives.deprecationReason,
                    directives: node.directives,
                    node: node
                )
            }
        )
    }

    private func enumValue(_ node: EnumValueDefinitionNode) -> EnumValueDefinition {
        EnumValueDefinition(
            name: node.name.value,
            description: node.description?.value,
            deprecationReason: node.directives.deprecationReason,
            directives: node.directives,
            node: node
        )
    }

    private func reference(_ node: TypeNode) -> TypeReference? {
        switch node {
        case .named(let node): ids[node.name.value].map { .named($0) }
        case .list(let item, _): reference(item).map { .list($0) }
        case .nonNull(let item, _): reference(item).map { .nonNull($0) }
        }
    }
}

extension [DirectiveNode] {
    /// The reason in `@deprecated`; nil without the directive, or if the reason is null.
    ///
    /// https://spec.graphql.org/September2025/#sec--deprecated
    var deprecationReason: String? {
        guard let directive = first(where: { $0.name.value == BuiltInDirectives.deprecated.name }) else { return nil }
        guard let reason = directive.arguments.first(where: { $0.name.value == "reason" }) else {
            return BuiltInDirectives.defaultDeprecationReason
        }
        if case .string(let node) = reason.value { return node.value }
        return nil
    }

    /// The URL in `@specifiedBy`.
    ///
    /// https://spec.graphql.org/September2025/#sec--specifiedBy
    var specifiedByURL: String? {
        let directive = first { $0.name.value == BuiltInDirectives.specifiedBy.name }
        let url = directive?.arguments.first { $0.name.value == "url" }
        if case .string(let node)? = url?.value { return node.value }
        return nil
    }
}
