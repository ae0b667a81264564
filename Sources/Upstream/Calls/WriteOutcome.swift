internal import GraphQL

/// The outcome of a write.
enum WriteOutcome: Sendable {
    /// It was executed; the response's document, if it has one, and the path of the object from `Location`.
    case done(SourceDocument?, location: String?)
    /// The upstream has no such object (404 or 410).
    case missing
    /// It certainly was not executed.
    case refused(FieldFailure, fields: [RefusedField] = [])
    /// It is unknown whether it was executed.
    case unknown(FieldFailure)
    /// It was not executed, and may be sent again after a pause: the rate limit is exhausted.
    case limited(pause: Duration)
    /// It was not sent, for a reason that may have passed shortly after.
    case notSent(FieldFailure)
}
