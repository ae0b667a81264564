extension TransportError {
    /// The transport could not be built, or not prepare a request, for want of the system's resources.
    static func setUp(_ function: String) -> TransportError {
        TransportError(
            .resourcesExhausted,
            "The upstream transport lacks system resources: \(function) failed.",
            requestMayHaveBeenSent: false
        )
    }

    /// The request cannot be sent as it stands.
    static func invalid(_ reason: String) -> TransportError {
        TransportError(.invalidRequest, reason, requestMayHaveBeenSent: false)
    }

    /// The request's time was up while it waited for others to the same upstream.
    static let timedOutWaiting = TransportError(
        .timedOut,
        "The request waited too long for others to the same upstream.",
        requestMayHaveBeenSent: false
    )

    /// An exchange with an upstream failed.
    ///
    /// - Parameters:
    ///   - code: the kind of failure.
    ///   - origin: scheme, host and port; the rest of the URL may hold what is nobody's business.
    ///   - mayHaveBeenSent: whether the upstream may have seen the request.
    ///   - isConnected: whether there was a connection.
    ///   - detail: says more about failures of TLS and unknown ones.
    /// - Returns: the error, whose message names the origin.
    static func exchange(
        _ code: Code,
        origin: String,
        mayHaveBeenSent: Bool,
        isConnected: Bool = true,
        detail: @autoclosure () -> String = "unknown"
    ) -> TransportError {
        let reason =
            switch code {
            case .timedOut: isConnected ? "did not respond in time" : "was not connected in time"
            case .couldNotConnect: "accepts no connection"
            case .couldNotResolve: "has a name without an address"
            case .closedEarly: "closed the connection before it responded"
            case .truncated: "broke off in the middle of its response"
            case .tooLarge: "sent a response that is too large"
            case .malformedResponse: "sent a response that is not valid HTTP"
            case .invalidRequest: "has a URL that is not valid"
            case .resourcesExhausted: "could not be called: this machine lacks descriptors, ports or memory"
            case .tls: "has no trusted and secure connection: \(detail())"
            default: "could not be asked: \(detail())"
            }
        return TransportError(code, "\(origin) \(reason).", requestMayHaveBeenSent: mayHaveBeenSent)
    }

    /// The caller no longer wants a response.
    static func cancelled(mayHaveBeenSent: Bool) -> TransportError {
        TransportError(.cancelled, "The request was cancelled.", requestMayHaveBeenSent: mayHaveBeenSent)
    }

    /// The transport is shut down.
    static func shutDown(mayHaveBeenSent: Bool) -> TransportError {
        TransportError(.shutDown, "The upstream transport is shut down.", requestMayHaveBeenSent: mayHaveBeenSent)
    }
}
