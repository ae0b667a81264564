/// A segment of a response path.
///
/// https://spec.graphql.org/September2025/#sec-Errors.Response-Position
package enum PathSegment: Sendable, Hashable {
    case key(String)
    case index(Int)
}
