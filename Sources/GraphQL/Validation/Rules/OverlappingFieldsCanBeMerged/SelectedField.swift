/// A field of a selection set, with its definition in the schema.
struct SelectedField {
    let node: FieldNode
    /// The type that it is selected on; nil: the schema has no such type.
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

extension FieldNode {
    /// The directive by which the field's list is streamed; nil: it is not.
    var stream: DirectiveNode? { directives.first { $0.name.value == DirectiveNode.stream } }

    /// Whether the field has several arguments with one name.
    var repeatsArgument: Bool {
        guard arguments.count > 1 else { return false }
        return arguments.count < 8
            ? arguments.indices.contains { index in
                arguments[..<index].contains { $0.name.value == arguments[index].name.value }
            }
            : Set(arguments.map(\.name.value)).count < arguments.count
    }
}
