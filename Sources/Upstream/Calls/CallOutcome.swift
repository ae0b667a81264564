package import GraphQL

/// The outcome of a call.
package enum CallOutcome: Sendable {
    case found(SourceDocument)
    /// The upstream reports that the object does not exist (404 or 410).
    case missing
    case failed(FieldFailure)
}
