/// A field of a selection set, with what the schema says of it there.
struct SelectedField {
    let node: FieldNode
    /// The type that it is selected from; nil if the schema has none of that name.
    let parent: NamedType?
    /// Nil if the type has no such field; also for `__typename`, which every type has alike.
    let definition: FieldDefinition?

    init(_ node: FieldNode, parent: NamedType?) {
        self.node = node
        self.parent = parent
        definition = parent?.fields[node.name.value]
    }

    /// The object type that it is selected from; nil if that is abstract or unknown.
    var objectType: TypeID? {
        if let parent, parent.kind == .object { parent.id } else { nil }
    }

    /// Whether it is selected from a type of the introspection system.
    var isOfIntrospectionType: Bool { parent?.name.hasPrefix("__") == true }

    /// Whether two fields are never selected for the same object: they are of distinct object types.
    func isNeverSelected(with other: SelectedField) -> Bool {
        guard let type = objectType, let otherType = other.objectType else { return false }
        return type != otherType
    }

    /// Whether two fields return values of distinct shapes.
    ///
    /// https://spec.graphql.org/September2025/#SameResponseShape()
    func hasOtherShape(than other: SelectedField, in schema: Schema) -> Bool {
        guard let type = definition?.type, let otherType = other.definition?.type else { return false }
        return schema.haveOtherShapes(type, otherType)
    }
}

extension Schema {
    /// Whether values of two types have distinct shapes; fields of composite types are compared by themselves.
    fileprivate func haveOtherShapes(_ a: TypeReference, _ b: TypeReference) -> Bool {
        switch (a, b) {
        case (.list(let a), .list(let b)), (.nonNull(let a), .nonNull(let b)): haveOtherShapes(a, b)
        case (.named(let a), .named(let b)): a != b && (self[a].isLeaf || self[b].isLeaf)
        case (.list, _), (_, .list), (.nonNull, _), (_, .nonNull): true
        }
    }
}

/// Texts of fields' arguments, to tell whether two fields are given the same ones in whatever order.
struct ArgumentTexts {
    private struct Texts {
        let inOrder: [(name: String, value: String)]
        /// Of several arguments of one name, the last.
        let byName: [String: String]

        init(_ arguments: [ArgumentNode]) {
            inOrder = arguments.map { ($0.name.value, $0.value.sorted.text) }
            byName = Dictionary(inOrder.map { ($0.name, $0.value) }) { $1 }
        }
    }

    private var known: [ObjectIdentifier: Texts] = [:]

    /// Whether two fields are given the same arguments.
    ///
    /// As in graphql-js, this depends on the order of the two if one has several arguments of one name.
    mutating func areEqual(_ a: FieldNode, _ b: FieldNode) -> Bool {
        guard a.arguments.count == b.arguments.count else { return false }
        if a.arguments.isEmpty { return true }
        let other = texts(of: b)
        return texts(of: a).inOrder.allSatisfy { other.byName[$0.name] == $0.value }
    }

    private mutating func texts(of field: FieldNode) -> Texts {
        let key = ObjectIdentifier(field)
        if let known = known[key] { return known }
        let texts = Texts(field.arguments)
        known[key] = texts
        return texts
    }
}

extension FieldNode {
    /// Whether the field is given several arguments of one name.
    var repeatsArgument: Bool {
        guard arguments.count > 1 else { return false }
        return arguments.count < 8
            ? arguments.indices.contains { index in
                arguments[..<index].contains { $0.name.value == arguments[index].name.value }
            }
            : Set(arguments.map(\.name.value)).count < arguments.count
    }
}

extension ValueNode {
    /// The value with the fields of all objects in it in order of their names.
    fileprivate var sorted: ValueNode {
        switch self {
        case .variable, .int, .float, .string, .boolean, .null, .enumeration: self
        case .list(let values, let range): .list(values.map(\.sorted), range)
        case .object(let fields, let range):
            .object(
                fields.map { ObjectFieldNode(name: $0.name, value: $0.value.sorted, range: $0.range) }
                    .sorted { naturalOrder($0.name.value, $1.name.value) < 0 },
                range
            )
        }
    }
}
