package import GraphQL

/// The outcome of a call.
package enum CallOutcome: Sendable {
    case found(SourceDocument)
    /// The upstream says that there is no such thing (404 or 410).
    case missing
    case failed(FieldFailure)
}
