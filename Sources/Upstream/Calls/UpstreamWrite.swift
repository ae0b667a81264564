internal import GraphQL

/// A call that changes something upstream.
struct UpstreamWrite: Sendable {
    let method: WriteBinding.Method
    let call: Call
    /// The JSON body; nil: none.
    let body: [UInt8]?
    /// The key of the object, where it has one already.
    let key: String?
    /// What the response is to hold, if anything.
    let content: ExpectedContent
}

/// What came of a write.
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
    /// Nothing of it has left, for a reason that may have passed a moment later.
    case notSent(FieldFailure)
}

/// A part of a write's body that the upstream does not accept.
struct RefusedField: Sendable, Hashable {
    /// The upstream's names that lead to it.
    let names: [String]
    let message: String?
}
