internal import GraphQL
internal import JSON
internal import Upstream

extension GatewayService {
    /// The limits for writing a response that has to be sent by a deadline.
    func responseLimits(until deadline: ContinuousClock.Instant) -> ResponseLimits {
        ResponseLimits(
            maximumBytes: limits.maximumResponseBytes,
            maximumErrors: limits.maximumErrors,
            isCancelled: { ContinuousClock.now >= deadline }
        )
    }
}

extension RequestLimits {
    /// The error of an execution whose response was not written.
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
