/// A type reference in a document.
///
/// https://spec.graphql.org/September2025/#sec-Type-References
package indirect enum TypeNode: Sendable {
    case named(NamedTypeNode)
    case list(TypeNode, SourceRange)
    case nonNull(TypeNode, SourceRange)

    /// The range of the reference.
    package var range: SourceRange {
        switch self {
        case .named(let node): node.range
        case .list(_, let range), .nonNull(_, let range): range
        }
    }

    /// The named type inside all wrappers.
    package var namedType: NamedTypeNode {
        switch self {
        case .named(let node): node
        case .list(let item, _): item.namedType
        case .nonNull(let item, _): item.namedType
        }
    }
}
