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

/// Texts of fields' arguments that are equal if the arguments are, in whatever order they were given.
struct ArgumentTexts {
    private var known: [ObjectIdentifier: String] = [:]

    /// Whether two fields are given the same arguments.
    mutating func areEqual(_ a: FieldNode, _ b: FieldNode) -> Bool {
        if a.arguments.isEmpty || b.arguments.isEmpty { return a.arguments.isEmpty == b.arguments.isEmpty }
        return a.arguments.count == b.arguments.count && text(of: a) == text(of: b)
    }

    private mutating func text(of field: FieldNode) -> String {
        let key = ObjectIdentifier(field)
        if let text = known[key] { return text }
        let fields = field.arguments.map { ObjectFieldNode(name: $0.name, value: $0.value, range: $0.range) }
        let text = ValueNode.object(fields, field.range).sorted.text
        known[key] = text
        return text
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
