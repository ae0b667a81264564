/// The six kinds of named types.
///
/// https://spec.graphql.org/September2025/#sec-Types
package enum TypeKind: Sendable, Hashable, CaseIterable {
    case scalar
    case object
    case interface
    case union
    case enumeration
    case inputObject
}
