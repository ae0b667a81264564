package import GraphQL

/// Why an operation is not executed: decided before anything is asked of the upstream.
package enum RequestRefusal: Error, Sendable {
    /// The client has used up its minute.
    case rateLimited(RateLimitStatus)
    /// The document or the operation in it cannot be executed.
    case operation(OperationStore.Refusal)
    /// The operation can take more calls, or show more rows or bytes, than an operation may.
    case tooExpensive(GraphQLError)
    /// The endpoint has no responses to operations of this kind.
    case unsupported(String)

    /// The refusal of a body that is no GraphQL request.
    package static func malformed(_ malformed: GraphQLRequest.Malformed) -> RequestRefusal {
        .operation(.malformed(malformed))
    }

    /// The text of `rateLimited`, for every protocol.
    static func rateLimitedMessage(_ status: RateLimitStatus) -> String {
        "You have asked for too much in this minute; try again in \(status.secondsLeft) seconds."
    }
}
