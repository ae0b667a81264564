/// The types that every schema has, at the beginning of its `types` and always in this order.
package enum BuiltInTypes {
    /// `String`: https://spec.graphql.org/September2025/#sec-String.
    package static let string = TypeID(index: 0)
    /// `Int`: https://spec.graphql.org/September2025/#sec-Int.
    package static let int = TypeID(index: 1)
    /// `Float`: https://spec.graphql.org/September2025/#sec-Float.
    package static let float = TypeID(index: 2)
    /// `Boolean`: https://spec.graphql.org/September2025/#sec-Boolean.
    package static let boolean = TypeID(index: 3)
    /// `ID`: https://spec.graphql.org/September2025/#sec-ID.
    package static let id = TypeID(index: 4)

    /// The scalars, then the types of introspection.
    package static let all: [NamedType] = scalars + Introspection.types

    /// The ids of the types by name.
    package static let ids: [String: TypeID] = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0.id) })

    /// Whether a type is one of the specification's scalars.
    ///
    /// https://spec.graphql.org/September2025/#sec-Scalars.Built-in-Scalars
    package static func isSpecifiedScalar(_ type: TypeID) -> Bool { Int(type.index) < scalars.count }

    /// Whether a type belongs to introspection.
    package static func isIntrospective(_ type: TypeID) -> Bool {
        Int(type.index) >= scalars.count && Int(type.index) < all.count
    }

    private static let scalars: [NamedType] = [
        scalar(string, "String", "Text: a sequence of Unicode characters."),
        scalar(int, "Int", "A whole number that fits into 32 bits, sign included."),
        scalar(float, "Float", "A number with a fraction, of double precision as IEEE 754 defines it."),
        scalar(boolean, "Boolean", "Either true or false."),
        scalar(id, "ID", "Identifies an object. Written as a string; input may be a string or a whole number."),
    ]

    private static func scalar(_ id: TypeID, _ name: String, _ description: String) -> NamedType {
        var content = NamedType.Content()
        content.description = description
        return NamedType(id: id, kind: .scalar, name: name, content: content)
    }
}
