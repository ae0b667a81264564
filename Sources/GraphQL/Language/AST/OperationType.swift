/// The type of an operation.
///
/// https://spec.graphql.org/September2025/#OperationType
package enum OperationType: String, Sendable, Hashable, CaseIterable {
    case query
    case mutation
    case subscription
}
