/// A type with its wrappers.
///
/// https://spec.graphql.org/September2025/#sec-Wrapping-Types
package indirect enum TypeReference: Sendable, Hashable {
    case named(TypeID)
    case list(TypeReference)
    case nonNull(TypeReference)

    /// The named type inside all wrappers.
    package var namedType: TypeID {
        switch self {
        case .named(let id): id
        case .list(let item): item.namedType
        case .nonNull(let item): item.namedType
        }
    }

    /// Whether the outermost wrapper is non-null.
    package var isNonNull: Bool {
        if case .nonNull = self { true } else { false }
    }

    /// The type without an outermost non-null wrapper.
    package var nullable: TypeReference {
        if case .nonNull(let item) = self { item } else { self }
    }

    /// The item's type, if this is a list or a non-null list.
    package var listItem: TypeReference? {
        if case .list(let item) = nullable { item } else { nil }
    }
}
