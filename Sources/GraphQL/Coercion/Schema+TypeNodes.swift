extension Schema {
    /// The type that a type reference in a document stands for; nil: the schema has no such type.
    package func typeReference(of node: TypeNode) -> TypeReference? {
        switch node {
        case .named(let node): self[node.name.value].map { .named($0.id) }
        case .list(let item, _): typeReference(of: item).map { .list($0) }
        case .nonNull(let item, _): typeReference(of: item).map { .nonNull($0) }
        }
    }
}
