package import GraphQL

/// The reason why an operation is refused; decided before any upstream call.
package enum RequestRefusal: Error, Sendable {
    /// The client has exhausted its rate limit.
    case rateLimited(RateLimitStatus)
    /// The document or the operation in it cannot be executed.
    case operation(OperationStore.Refusal)
    /// The operation can take more calls, or return more rows or bytes, than the limit.
    case tooExpensive(GraphQLError)
    /// The client is not allowed to execute the operation.
    case forbidden(String)
    /// Its idempotency key was used for another request, or for one that is in progress.
    case idempotency(ErrorCode)
    /// Too many requests are in flight.
    case overloaded
    /// The endpoint does not support operations of this kind.
    case unsupported(String)

    /// The refusal of a document that the client may not execute.
    static let untrustedDocument = RequestRefusal.forbidden(
        "This client may only have certain trusted documents executed, and this is none of them."
    )

    /// The refusal of a body that is not a GraphQL request.
    package static func malformed(_ malformed: GraphQLRequest.Malformed) -> RequestRefusal {
        .operation(.malformed(malformed))
    }

    /// The refusal of a request with malformed keys: otherwise other keys would be used, or none.
    static let malformedKeys = RequestRefusal.operation(
        .malformed(
            GraphQLRequest.Malformed(
                message:
                    "The header field Workspace-Key must be a list of at most 1,000 slugs with their keys: SLUG KEY, SLUG KEY."
            )
        )
    )

    /// The message of `idempotency`, for every protocol.
    static func idempotencyMessage(_ code: ErrorCode) -> String {
        code == .idempotencyKeyReused
            ? "The idempotency key stands for another request; send this one with a key of its own."
            : "A request with the same idempotency key is in progress; retry later."
    }

    /// The message of `overloaded`, for every protocol.
    package static let overloadedMessage = "Too many requests are in flight; retry in 1 second."

    /// The message of `rateLimited`, for every protocol.
    static func rateLimitedMessage(_ status: RateLimitStatus) -> String {
        let seconds = status.secondsLeft == 1 ? "1 second" : "\(status.secondsLeft) seconds"
        return "The rate limit for this client is exhausted; retry in \(seconds)."
    }
}
