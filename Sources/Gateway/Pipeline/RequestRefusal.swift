package import GraphQL

/// Why an operation is not executed: decided before any upstream call.
package enum RequestRefusal: Error, Sendable {
    /// The client has exhausted its rate limit.
    case rateLimited(RateLimitStatus)
    /// The document or the operation in it cannot be executed.
    case operation(OperationStore.Refusal)
    /// The operation can take more calls, or show more rows or bytes, than an operation may.
    case tooExpensive(GraphQLError)
    /// The client may not have this done.
    case forbidden(String)
    /// Its idempotency key cannot be used: it stands for another request, or for one that is in progress.
    case idempotency(ErrorCode)
    /// Too many requests wait for something.
    case overloaded
    /// The endpoint has no responses to operations of this kind.
    case unsupported(String)

    /// The refusal of a document that is none of the client's own.
    static let untrustedDocument = RequestRefusal.forbidden(
        "This client may only have certain trusted documents executed, and this is none of them."
    )

    /// The refusal of a body that is no GraphQL request.
    package static func malformed(_ malformed: GraphQLRequest.Malformed) -> RequestRefusal {
        .operation(.malformed(malformed))
    }

    /// The refusal of a request whose keys cannot be read: it would spend others, or none.
    static let malformedKeys = RequestRefusal.operation(
        .malformed(
            GraphQLRequest.Malformed(
                message: "The header field Workspace-Key must be a list of slugs with their keys: SLUG KEY, SLUG KEY."
            )
        )
    )

    /// The text of `idempotency`, for every protocol.
    static func idempotencyMessage(_ code: ErrorCode) -> String {
        code == .idempotencyKeyReused
            ? "The idempotency key stands for another request; send this one with a key of its own."
            : "A request with the same idempotency key is in progress; retry later."
    }

    /// The text of `overloaded`, for every protocol.
    package static let overloadedMessage = "Too many requests are in flight; retry in 1 second."

    /// The text of `rateLimited`, for every protocol.
    static func rateLimitedMessage(_ status: RateLimitStatus) -> String {
        let seconds = status.secondsLeft == 1 ? "1 second" : "\(status.secondsLeft) seconds"
        return "The rate limit for this client is exhausted; retry in \(seconds)."
    }
}
