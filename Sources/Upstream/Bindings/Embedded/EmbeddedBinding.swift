internal import GraphQL
internal import JSON

/// A binding to an entity, or a list of entities, in a member of the parent; members that are missing there are fetched.
struct EmbeddedBinding: SingleFieldBinding {
    let entity: Entity
    let member: JSONKey
    /// The type that has the field.
    let holder: TypeID
    let isList: Bool

    var parentMembers: [JSONKey] { [member] }

    var isFree: Bool { true }

    func resolveFromMemory(_ requests: [FieldRequest], with resolver: UpstreamResolver) -> [Resolution?] {
        requests.map { request in
            let members = ReadMembers(of: request.field, in: request.plan, table: resolver.table)
            let search = EmbeddedObjects(of: request, self, members: members, resolver)
            return search.partial.isEmpty ? search.resolution() : nil
        }
    }

    func resolve(_ request: FieldRequest, with resolver: UpstreamResolver) async -> Resolution {
        let members = ReadMembers(of: request.field, in: request.plan, table: resolver.table)
        var search = EmbeddedObjects(of: request, self, members: members, resolver)
        await search.complete()
        return search.resolution()
    }

    func estimate(_ field: BoundField, in estimator: inout CostEstimator) {
        estimator.estimateEmbedded(self, field)
    }
}

extension CostEstimator {
    /// Estimates embedded entities: a call for each, if they are known to lack a selected member.
    fileprivate mutating func estimateEmbedded(_ binding: EmbeddedBinding, _ field: BoundField) {
        let rows = field.parents.holding(binding.isList ? 1 : 0, of: assumedRows, id: number(of: field))
        let members = ReadMembers(of: field.id, in: plan, table: table).all
        let areLacking = members.contains { terms.isDetailOnly(binding.entity.type, $0) }
        if areLacking, terms.options.batching, !isCounted(key(of: field, arguments: field.arguments)) {
            add(
                field,
                .entities(template: binding.entity.template.text, collection: nil),
                rows: rows,
                calls: CostRange(0, terms.options.deduplication ? rows.distinct : rows.rows.max)
            )
        }
        descend(field, rows)
    }
}

extension BindingReader {
    /// Binds the fields that show an entity in their parent's JSON.
    ///
    /// The rows of connections and the objects of payloads are not bound: they are read as the entity itself.
    mutating func bindEmbedded(in types: [NamedType]) {
        let shown = types.filter { ConnectionShape.isConnection($0) }.flatMap { connection in
            [connection.id] + (connection.fields["edges"].map { [schema.namedType(of: $0.type).id] } ?? [])
        }
        for type in types where !isRoot(type.id) && !shown.contains(type.id) {
            for field in type.fields {
                let declared = DeclaredField(definition: field, parent: type)
                guard field.readsOwnMember, let entity = entities[schema.namedType(of: field.type).id],
                    field.type.listItem.map({ $0.listItem == nil }) ?? true
                else { continue }
                let member: JSONKey
                switch sources[declared.key] {
                case nil: member = JSONKey(field.name.snakeCased)
                case .member(let key)?: member = key
                case .bound?, .parent?, .memberNamed?, .memberByDeprecation?, .typename?, .introspectionSchema?,
                    .introspectionType?:
                    continue
                }
                let isList = field.type.listItem != nil
                bind(EmbeddedBinding(entity: entity, member: member, holder: type.id, isList: isList), to: declared)
            }
        }
    }

    /// The entity types whose responses contain objects of a type in their members, at any depth.
    ///
    /// The rows of connections and the objects of payloads are no members of an entity.
    func holders(of type: NamedType) -> [TypeID] {
        schema.types.filter { holder in
            guard DirectiveArguments(.entity, in: holder.directives) != nil else { return false }
            var visited: Set<TypeID> = []
            return has(type.id, in: holder, &visited)
        }.map(\.id)
    }

    private func has(_ type: TypeID, in holder: NamedType, _ visited: inout Set<TypeID>) -> Bool {
        guard visited.insert(holder.id).inserted else { return false }
        return holder.fields.contains { field in
            guard field.readsOwnMember else { return false }
            let inner = schema.namedType(of: field.type)
            return (inner.kind == .object ? [inner.id] : schema.possibleTypes(of: inner.id)).contains { possible in
                possible == type || has(type, in: schema[possible], &visited)
            }
        }
    }
}
