internal import GraphQL

/// The default selection of a method's result: all fields in the object's own JSON, which take no further call.
struct OwnFields: Sendable {
    let executable: ExecutableSchema
    let isFree: @Sendable (BindingID) -> Bool
    /// The names of the fields of abstract types that cannot be selected on all possible types.
    private var differingFields: [TypeID: Set<String>] = [:]

    /// Makes the default selections of a schema.
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

    /// The most levels of nested objects that are selected.
    private static let maximumDepth = 4
    /// The most fields that are selected below the object itself; with more, the innermost objects are left out.
    private static let maximumFields = 1000
    /// The most fields with a single level of nested objects; a document has at most 15,000 tokens.
    private static let mostFields = 5000

    private var schema: Schema { executable.schema }

    /// A selection set in GraphQL; nil for leaf types.
    func selection(of type: NamedType) -> String? {
        guard type.isComposite else { return nil }
        for depth in (1...Self.maximumDepth).reversed() {
            // The rows of a connection, and the members of a payload, belong to the object itself.
            var room = depth == 1 ? Self.mostFields : Self.maximumFields
            let selection = selection(of: type, within: [], atMost: depth, &room)
            if room >= 0 { return selection }
        }
        var room = Int.max
        return selection(of: type, within: [], atMost: 0, &room)
    }

    /// The selection set of a composite type.
    ///
    /// - Parameters:
    ///   - type: an object's type.
    ///   - outer: the types of the enclosing objects.
    ///   - depth: the most levels of nested objects.
    ///   - room: the number of fields that may follow; negative: there are too many, and the text is not complete.
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

    /// Whether the default selection of a type has a field.
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

    /// The names of fields that cannot be selected on all possible types of an abstract type, because their types differ.
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

    /// Whether two fields with one name can be selected in one response.
    ///
    /// - Parameters:
    ///   - first: the type of one field.
    ///   - second: the type of the other.
    ///   - known: the results for pairs of types; a pair that is being compared counts as compatible.
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

    /// Whether the value is in the parent's own JSON, or takes no call.
    private func isOwn(_ source: FieldSource) -> Bool {
        if case .bound(let binding) = source { return isFree(binding) }
        return source.isOwn
    }

    /// The leaf field that shows an object field's member as plain JSON; nil: there is none.
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

    /// Whether a field shows the rows of a connection that another field shows already.
    private func isRowsAgain(_ field: FieldDefinition, of type: NamedType) -> Bool {
        field.name == "edges" && isConnection(type) && type.fields["nodes"] != nil
    }

    /// Whether a type is a connection: https://relay.dev/graphql/connections.htm.
    func isConnection(_ type: NamedType) -> Bool {
        type.kind == .object && type.fields["pageInfo"] != nil && rowField(of: type) != nil
    }

    /// The field of a connection that lists its rows without edges.
    func rowField(of type: NamedType) -> FieldDefinition? { type.fields["nodes"] }
}

extension FieldSource {
    /// Whether the value is in the parent's own JSON.
    fileprivate var isOwn: Bool {
        switch self {
        case .member, .parent: true
        case .memberByDeprecation, .memberNamed, .bound, .typename, .introspectionSchema, .introspectionType: false
        }
    }
}
