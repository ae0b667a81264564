internal import GraphQL
internal import JSON
internal import Upstream

extension GatewayService {
    /// The least time that the writing of a response may take, unless the whole request may take less.
    ///
    /// Fields that have failed at the deadline leave none of it, but all others are there, and are shown.
    private static let minimumTimeToWrite = Duration.seconds(2)

    /// The limits for writing a response that begins now, and should be sent by a deadline.
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
