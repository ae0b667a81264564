internal import GraphQL

/// Chooses what of an object a call shows that does not say: all that the object's own JSON holds, at no further call.
struct OwnFields: Sendable {
    let executable: ExecutableSchema
    let isFree: @Sendable (BindingID) -> Bool
    /// The names of the fields of abstract types that cannot be selected on all types that these stand for.
    private var differingFields: [TypeID: Set<String>] = [:]

    /// Chooses fields of a schema.
    ///
    /// - Parameters:
    ///   - executable: the schema.
    ///   - isFree: whether the value of a binding takes no further call.
    init(executable: ExecutableSchema, isFree: @escaping @Sendable (BindingID) -> Bool) {
        self.executable = executable
        self.isFree = isFree
        for type in executable.schema.types where type.isAbstract {
            differingFields[type.id] = findDifferingFields(of: type)
        }
    }

    /// As deep as own objects are shown within one another.
    private static let maximumDepth = 4
    /// The most fields that are shown, but for those of the object itself: objects in one another are left out, the innermost first.
    private static let maximumFields = 1000
    /// The same where only the object's own objects are shown; a document has 15,000 tokens at most.
    private static let mostFields = 5000

    private var schema: Schema { executable.schema }

    /// A selection set in GraphQL; nil for leaf types, which have none.
    func selection(of type: NamedType) -> String? {
        guard type.isComposite else { return nil }
        for depth in (1...Self.maximumDepth).reversed() {
            // The rows of a connection, and what a payload has, are the object itself.
            var room = depth == 1 ? Self.mostFields : Self.maximumFields
            let selection = selection(of: type, within: [], atMost: depth, &room)
            if room >= 0 { return selection }
        }
        var room = Int.max
        return selection(of: type, within: [], atMost: 0, &room)
    }

    /// The selection set of a type of objects.
    ///
    /// - Parameters:
    ///   - type: an object's type.
    ///   - outer: the types of the objects that it is in.
    ///   - depth: how many objects may be in one another.
    ///   - room: how many fields may follow; less than 0: there are too many, and the text is not complete.
    /// - Returns: the text.
    private func selection(of type: NamedType, within outer: [TypeID], atMost depth: Int, _ room: inout Int) -> String {
        guard type.isAbstract else {
            var members: [String] = []
            for field in type.fields {
                if let member = member(field, of: type, within: outer, atMost: depth, &room) { members.append(member) }
            }
            return members.isEmpty ? "{__typename}" : "{\(members.joined(separator: " "))}"
        }
        let differing = differingFields[type.id] ?? []
        var fragments: [String] = []
        for id in schema.possibleTypes(of: type.id) {
            var members: [String] = []
            for field in schema[id].fields where !differing.contains(field.name) {
                if let member = member(field, of: schema[id], within: outer, atMost: depth, &room) {
                    members.append(member)
                }
            }
            if !members.isEmpty { fragments.append("... on \(schema[id].name) {\(members.joined(separator: " "))}") }
        }
        return "{\((["__typename"] + fragments).joined(separator: " "))}"
    }

    /// Whether a field is shown of an object of its type.
    func isShown(_ field: FieldDefinition, of type: NamedType) -> Bool {
        isShown(field, of: type, within: [], atMost: Self.maximumDepth)
    }

    private func isShown(
        _ field: FieldDefinition,
        of type: NamedType,
        within outer: [TypeID],
        atMost depth: Int
    ) -> Bool {
        guard field.deprecationReason == nil, field.arguments.allSatisfy({ !$0.isRequired }) else { return false }
        let named = schema.namedType(of: field.type)
        let source = executable.source(of: field, on: type)
        if named.isLeaf {
            if case .bound(let binding) = source { return isFree(binding) }
            return composite(shownBy: field, of: type) == nil
        }
        guard isOwn(source), !isRowsAgain(field, of: type) else { return false }
        return plain(of: field, of: type) != nil || (outer.count < depth && !outer.contains(named.id))
    }

    private func member(
        _ field: FieldDefinition,
        of type: NamedType,
        within outer: [TypeID],
        atMost depth: Int,
        _ room: inout Int
    ) -> String? {
        guard room >= 0, isShown(field, of: type, within: outer, atMost: depth) else { return nil }
        room -= 1
        let named = schema.namedType(of: field.type)
        if named.isLeaf { return field.name }
        if let plain = plain(of: field, of: type) { return "\(field.name): \(plain.name)" }
        return "\(field.name) \(selection(of: named, within: outer + [type.id], atMost: depth, &room))"
    }

    // MARK: - Fields of several types

    /// The names of fields that cannot be selected on all types of objects that an abstract type stands for, as their types differ.
    ///
    /// https://spec.graphql.org/September2025/#SameResponseShape()
    private func findDifferingFields(of type: NamedType) -> Set<String> {
        var known: [String: TypeReference] = [:]
        var pairs: [TypePair: Bool] = [:]
        var differing: Set<String> = []
        for id in schema.possibleTypes(of: type.id) {
            for field in schema[id].fields where isShown(field, of: schema[id]) {
                let shown = shownType(of: field, schema[id])
                if let first = known[field.name] {
                    if !haveSameShape(first, shown, &pairs) { differing.insert(field.name) }
                } else {
                    known[field.name] = shown
                }
            }
        }
        return differing
    }

    /// Whether two fields of one name can be selected beside each other.
    ///
    /// - Parameters:
    ///   - first: the type of one field.
    ///   - second: the type of the other.
    ///   - known: what has been found of pairs of types; a pair that is being compared agrees as far as that goes.
    /// - Returns: whether one selection can have both.
    private func haveSameShape(_ first: TypeReference, _ second: TypeReference, _ known: inout [TypePair: Bool]) -> Bool
    {
        switch (first, second) {
        case (.nonNull(let first), .nonNull(let second)), (.list(let first), .list(let second)):
            return haveSameShape(first, second, &known)
        case (.named(let first), .named(let second)):
            guard first != second else { return true }
            let pair = TypePair(first: first, second: second)
            if let found = known[pair] { return found }
            known[pair] = true
            let found = haveSameFields(schema[first], schema[second], &known)
            known[pair] = found
            return found
        default: return false
        }
    }

    private func haveSameFields(_ first: NamedType, _ second: NamedType, _ known: inout [TypePair: Bool]) -> Bool {
        guard first.kind == .object, second.kind == .object else { return false }
        return first.fields.allSatisfy { field in
            guard isShown(field, of: first), let other = second.fields[field.name], isShown(other, of: second)
            else { return true }
            return haveSameShape(shownType(of: field, first), shownType(of: other, second), &known)
        }
    }

    private struct TypePair: Hashable {
        let first: TypeID
        let second: TypeID
    }

    private func shownType(of field: FieldDefinition, _ type: NamedType) -> TypeReference {
        plain(of: field, of: type)?.type ?? field.type
    }

    // MARK: - Fields of one type

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
