package import GraphQL
package import JSON

/// All bindings of a schema, read from its directives.
// PERF: a class, as every operation and every field passes it on.
package final class BindingTable: Sendable {
    /// The conventions of the upstream that `@upstream` declares.
    package let conventions: UpstreamConventions
    /// The bindings, at the indices of their ids.
    package let bindings: [Binding]
    /// The changes that the events of webhooks report.
    package let events: EventTable
    /// The collections that are polled for changes, by the type of their objects.
    package let polls: [TypeID: PolledCollection]
    private let sources: [FieldKey: FieldSource]
    private let entities: [TypeID: Entity]
    /// The types whose objects have members with names that are data.
    private let openTypes: Set<TypeID>
    /// The policy for an entity's objects: that of a field that fetches them.
    private let policies: [TypeID: CachePolicy]

    /// A field of a type.
    struct FieldKey: Hashable {
        let type: TypeID
        let field: String
    }

    /// Reads the directives of a schema, and collects the errors in them.
    package static func read(from schema: Schema) -> (table: BindingTable, errors: [GraphQLError]) {
        var reader = BindingReader(schema: schema)
        reader.read()
        return (BindingTable(reader), reader.errors)
    }

    private init(_ reader: BindingReader) {
        conventions = reader.conventions
        bindings = reader.bindings
        events = reader.events
        sources = reader.sources
        entities = reader.entities
        openTypes = Set(
            reader.sources.compactMap { key, source in
                switch source {
                case .memberNamed: key.type
                case .bound(let id) where reader.bindings[id.index].kind is EntriesBinding: key.type
                default: nil
                }
            }
        )
        let fetches = reader.bindings.compactMap { binding in
            (binding.kind as? EntityBinding).map { ($0.entity.type, binding.policy) }
        }
        let policies = Dictionary(fetches) { first, _ in first }
        self.policies = policies
        var polls: [TypeID: PolledCollection] = [:]
        for (type, conventions) in reader.polls {
            guard let entity = reader.entities[type] else { continue }
            polls[type] = PolledCollection(
                entity: entity,
                conventions: conventions,
                policy: policies[type] ?? .none,
                dependents: reader.types(referringTo: entity)
            )
        }
        self.polls = polls
    }

    /// The binding with an id.
    package subscript(id: BindingID) -> Binding { bindings[id.index] }

    /// The kind of the binding with an id.
    func kind(of id: BindingID) -> any BindingKind { bindings[id.index].kind }

    /// The name of the field's argument that chooses workspaces by slug; nil: it has none.
    package func workspaceArgument(of id: BindingID) -> String? { bindings[id.index].workspaceArgument }

    /// The policy of a binding.
    package func policy(of id: BindingID) -> CachePolicy { bindings[id.index].policy }

    /// The policy for an entity's objects: that of a field that fetches them.
    func policy(of entity: Entity) -> CachePolicy { policies[entity.type] ?? .none }

    /// The entity type with a name.
    package func entity(named name: String) -> Entity? { entities.values.first { $0.name == name } }

    /// Whether the members of a type's objects have names that are data: objects lack members without a value.
    func hasOpenMembers(_ type: TypeID) -> Bool { openTypes.contains(type) }

    /// The types of the rows of a connection; empty: the type is no connection.
    package func rowTypes(ofConnection type: TypeID, in schema: Schema) -> [TypeID] {
        guard let row = ConnectionShape.rowType(of: schema[type], in: schema) else { return [] }
        return schema.possibleTypes(of: row.id) + [row.id]
    }

    /// The declaration of a type as an entity; nil: it is none.
    package func entity(of type: TypeID) -> Entity? { entities[type] }
}

extension BindingTable: FieldBinding {
    package var strictness: Strictness { .upstream }

    package func source(of field: FieldDefinition, on type: NamedType) -> FieldSource {
        sources[FieldKey(type: type.id, field: field.name)] ?? .member(JSONKey(field.name.snakeCased))
    }

    package func member(shownBy binding: BindingID) -> JSONKey? { (kind(of: binding) as? EmbeddedBinding)?.member }

    package func spelling(of value: EnumValueDefinition, in type: NamedType) -> String {
        value.upstreamName
    }

    package func discriminator(of type: NamedType) -> JSONKey {
        type.discriminatorMember
    }

    package func spelling(of objectType: NamedType) -> String {
        objectType.discriminatorText
    }
}
