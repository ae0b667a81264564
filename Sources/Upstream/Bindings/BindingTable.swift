package import GraphQL
package import JSON

/// All bindings of a schema, read from its directives.
package struct BindingTable: Sendable {
    package let conventions: UpstreamConventions
    package let bindings: [Binding]
    private let policies: [CachePolicy]
    private let workspaceArguments: [String?]
    private let sources: [FieldKey: FieldSource]
    private let entities: [TypeID: Entity]

    /// A field of a type.
    struct FieldKey: Hashable {
        let type: TypeID
        let field: String
    }

    /// Reads the directives of a schema; what is wrong with them is collected.
    package static func read(from schema: Schema) -> (table: BindingTable, errors: [GraphQLError]) {
        var reader = BindingReader(schema: schema)
        reader.read()
        let table = BindingTable(
            conventions: reader.conventions,
            bindings: reader.bindings,
            policies: reader.policies,
            workspaceArguments: reader.workspaceArguments,
            sources: reader.sources,
            entities: reader.entities
        )
        return (table, reader.errors)
    }

    package subscript(id: BindingID) -> Binding { bindings[id.index] }

    /// The name of the field's argument that chooses workspaces by slug, if it has one.
    package func workspaceArgument(of id: BindingID) -> String? { workspaceArguments[id.index] }

    /// How old the responses of a binding may be.
    package func policy(of id: BindingID) -> CachePolicy { policies[id.index] }

    /// How old the responses for an entity's objects may be: the policy of a field that fetches them.
    func policy(of entity: Entity) -> CachePolicy {
        for (binding, policy) in zip(bindings, policies) {
            if case .entity(let other, _) = binding, other.type == entity.type { return policy }
        }
        return .none
    }

    /// The entity type of that name.
    package func entity(named name: String) -> Entity? { entities.values.first { $0.name == name } }

    /// How objects of a type are fetched by key, if it is an entity.
    package func entity(of type: TypeID) -> Entity? { entities[type] }
}

extension BindingTable: FieldBinding {
    package var strictness: Strictness { .upstream }

    package func source(of field: FieldDefinition, on type: NamedType) -> FieldSource {
        sources[FieldKey(type: type.id, field: field.name)] ?? .member(JSONKey(field.name.snakeCased))
    }

    package func spelling(of value: EnumValueDefinition, in type: NamedType) -> String {
        value.upstreamName
    }

    package func discriminator(of type: NamedType) -> JSONKey {
        JSONKey(DirectiveArguments(.discriminator, in: type.directives)?.string("member") ?? "__typename")
    }

    package func spelling(of objectType: NamedType) -> String {
        DirectiveArguments(.json, in: objectType.directives)?.string("name") ?? objectType.name
    }
}
