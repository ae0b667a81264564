internal import GraphQL

/// The outcome of a write.
enum WriteOutcome: Sendable {
    /// It was carried out; the response's document, if it has one, and the path at which the object is said to be.
    case done(SourceDocument?, location: String?)
    /// The upstream has no such object (404 or 410).
    case missing
    /// It certainly was not carried out.
    case refused(FieldFailure, fields: [RefusedField] = [])
    /// Nobody knows whether it was carried out.
    case unknown(FieldFailure)
    /// It was not carried out, and may be sent again after a pause: the limit is used up.
    case limited(pause: Duration)
    /// Nothing of it has left, for a reason that may have passed shortly after.
    case notSent(FieldFailure)
}
