internal import GraphQL
internal import JSON

extension BindingReader {
    /// A type whose objects are all made by the gateway.
    private struct GatewayType {
        /// The directive of a field that shows them.
        let directive: BindingDirective
        /// The names of the fields for which the gateway has a value.
        var fields: [String] = []

        mutating func add(_ names: [String]) { fields += names.filter { !fields.contains($0) } }

        /// The members that the objects have.
        func members(of type: NamedType) -> Set<JSONKey> {
            Set(fields.map { JSONKey(type.fields[$0]?.upstreamName ?? $0) })
        }
    }

    /// Reports fields that read a member which the gateway's own objects do not have: they would always be null.
    ///
    /// A type of which other fields show objects of the upstream may have any fields.
    mutating func checkGatewayObjects() {
        var found: [TypeID: GatewayType] = [:]
        var others: Set<TypeID> = []
        for type in schema.types where type.kind == .object {
            for field in type.fields {
                let shown = schema.namedType(of: field.type)
                guard let object = gatewayObject(of: field, on: type), shown.kind == .object else {
                    others.formUnion(schema.possibleTypes(of: shown.id) + [shown.id])
                    continue
                }
                found[shown.id, default: GatewayType(directive: object.directive)].add(object.fields)
            }
        }
        for type in schema.types where !others.contains(type.id) {
            guard let own = found[type.id] else { continue }
            var visited: Set<TypeID> = []
            checkMembers(own.members(of: type), own, of: type, &visited)
        }
    }

    /// Whether only one field shows objects of a type.
    func isShownOnce(_ type: NamedType) -> Bool {
        schema.types.filter { $0.kind == .object }.flatMap(\.fields).count { field in
            let shown = schema.namedType(of: field.type).id
            return shown == type.id || schema.possibleTypes(of: shown).contains(type.id)
        } == 1
    }

    /// The object that the gateway makes as a field's value; nil: the value comes from the upstream.
    private func gatewayObject(of field: FieldDefinition, on type: NamedType) -> GatewayObject? {
        let source = sources[BindingTable.FieldKey(type: type.id, field: field.name)]
        guard case .bound(let id)? = source else { return nil }
        return bindings[id.index].kind.gatewayObject
    }

    private mutating func checkMembers(
        _ members: Set<JSONKey>,
        _ own: GatewayType,
        of type: NamedType,
        _ visited: inout Set<TypeID>
    ) {
        guard visited.insert(type.id).inserted else { return }
        for field in type.fields {
            let read: [JSONKey]
            switch sources[BindingTable.FieldKey(type: type.id, field: field.name)] {
            case nil: read = [JSONKey(field.name.snakeCased)]
            case .member(let key)?: read = [key]
            case .bound(let id)?: read = bindings[id.index].kind.parentMembers
            case .parent?:
                let inner = schema.namedType(of: field.type)
                if isShownOnce(inner) { checkMembers(members, own, of: inner, &visited) }
                continue
            case .memberNamed?, .memberByDeprecation?, .typename?, .introspectionSchema?, .introspectionType?: continue
            }
            guard let missing = read.first(where: { !members.contains($0) }) else { continue }
            let names = own.fields.map { "\"\($0)\"" }.joined(separator: ", ")
            report(
                "The field \"\(type.name).\(field.name)\" reads the member \"\(missing.name)\", and would always be null: "
                    + "an object of @\(own.directive.rawValue) has only \(names). "
                    + "Use one of them, or a binding that reads no other, such as @rest or @self.",
                field.node?.name.range ?? SourceRange(start: 0, end: 0)
            )
        }
    }
}
