internal import GraphQL
internal import JSON
internal import Upstream

extension GatewayService {
    /// The least time for writing a response, unless the timeout of a request is shorter.
    ///
    /// If fields fail at the deadline, no time is left, but all other fields have values, and the response has them.
    private static let minimumTimeToWrite = Duration.seconds(2)

    /// The limits for writing a response now, for a request with a deadline.
    func responseLimits(until deadline: ContinuousClock.Instant) -> ResponseLimits {
        let end = max(deadline, .now + min(limits.timeout, Self.minimumTimeToWrite))
        return ResponseLimits(
            maximumBytes: limits.maximumResponseBytes,
            maximumErrors: limits.maximumErrors,
            isCancelled: { ContinuousClock.now >= end }
        )
    }
}

extension RequestLimits {
    /// The error of an execution whose response could not be written.
    func error(_ failure: ResponseFailure) -> GraphQLError {
        switch failure {
        case .tooLarge: responseTooLarge
        case .cancelled:
            GraphQLError(
                "The response could not be written within the request's time limit of \(timeout.components.seconds) "
                    + "seconds; ask for fewer rows or fields.",
                extensions: ErrorCode.upstreamTimeout.extensions()
            )
        }
    }

    /// The error of a response that exceeds the size limit.
    var responseTooLarge: GraphQLError {
        GraphQLError(
            "The response would be larger than \(maximumResponseBytes) bytes, or hold more than \(maximumRows) objects; "
                + "ask for fewer rows, fewer fields or fewer levels.",
            extensions: ["code": .string(ErrorCode.responseTooLarge.rawValue)]
        )
    }
}
