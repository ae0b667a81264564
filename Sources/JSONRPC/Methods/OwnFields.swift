internal import GraphQL

/// Chooses what of an object a call shows that does not say: all that the object's own JSON holds, at no further call.
struct OwnFields: Sendable {
    let executable: ExecutableSchema
    let isFree: @Sendable (BindingID) -> Bool

    /// As deep as own objects are shown within one another.
    private static let maximumDepth = 4

    private var schema: Schema { executable.schema }

    /// A selection set in GraphQL; nil for leaf types, which have none.
    func selection(of type: NamedType) -> String? { selection(of: type, within: []) }

    private func selection(of type: NamedType, within outer: [TypeID]) -> String? {
        guard type.isComposite else { return nil }
        guard type.isAbstract else {
            let members = members(of: type, within: outer)
            return members.isEmpty ? "{__typename}" : "{\(members.joined(separator: " "))}"
        }
        let fragments = schema.possibleTypes(of: type.id).compactMap { id in
            selection(of: schema[id], within: outer).map { "... on \(schema[id].name) \($0)" }
        }
        return "{__typename \(fragments.joined(separator: " "))}"
    }

    /// Whether a field is shown of an object of its type.
    func isShown(_ field: FieldDefinition, of type: NamedType) -> Bool { member(field, of: type, within: []) != nil }

    private func members(of type: NamedType, within outer: [TypeID]) -> [String] {
        type.fields.compactMap { member($0, of: type, within: outer) }
    }

    private func member(_ field: FieldDefinition, of type: NamedType, within outer: [TypeID]) -> String? {
        guard field.deprecationReason == nil, field.arguments.allSatisfy({ !$0.isRequired }) else { return nil }
        let named = schema.namedType(of: field.type)
        let source = executable.source(of: field, on: type)
        if named.isLeaf {
            if case .bound(let binding) = source { return isFree(binding) ? field.name : nil }
            return composite(shownBy: field, of: type) == nil ? field.name : nil
        }
        guard isOwn(source), !isRowsAgain(field, of: type) else { return nil }
        if let plain = plain(of: field, of: type) { return "\(field.name): \(plain.name)" }
        guard outer.count < Self.maximumDepth, !outer.contains(named.id) else { return nil }
        return selection(of: named, within: outer + [type.id]).map { "\(field.name) \($0)" }
    }

    /// Whether the value is in the parent's own JSON.
    private func isOwn(_ source: FieldSource) -> Bool {
        if case .bound(let binding) = source { return isFree(binding) }
        return source.isOwn
    }

    /// The leaf field that shows the same member as an object field does: as plain JSON, under the object field's name.
    func plain(of field: FieldDefinition, of type: NamedType) -> FieldDefinition? {
        let source = executable.source(of: field, on: type)
        guard case .member = source, schema.namedType(of: field.type).isComposite else { return nil }
        return type.fields.first {
            schema.namedType(of: $0.type).isLeaf && executable.source(of: $0, on: type) == source
        }
    }

    private func composite(shownBy leaf: FieldDefinition, of type: NamedType) -> FieldDefinition? {
        type.fields.first { plain(of: $0, of: type)?.name == leaf.name }
    }

    /// Whether a connection shows the same rows in another field already.
    private func isRowsAgain(_ field: FieldDefinition, of type: NamedType) -> Bool {
        field.name == "edges" && isConnection(type) && type.fields["nodes"] != nil
    }

    /// Whether a type is a connection: https://relay.dev/graphql/connections.htm.
    func isConnection(_ type: NamedType) -> Bool {
        type.kind == .object && type.fields["pageInfo"] != nil && rowField(of: type) != nil
    }

    /// The field of a connection that lists its rows.
    func rowField(of type: NamedType) -> FieldDefinition? { type.fields["nodes"] }
}

extension FieldSource {
    /// Whether the value lies in the parent's own JSON.
    fileprivate var isOwn: Bool {
        switch self {
        case .member, .parent: true
        case .memberByDeprecation, .memberNamed, .bound, .typename, .introspectionSchema, .introspectionType: false
        }
    }
}
