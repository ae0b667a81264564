extension TransportError {
    /// The error of a transport that could not be set up, or could not prepare a request, because the system lacks resources.
    static func setUp(_ function: String) -> TransportError {
        TransportError(
            .resourcesExhausted,
            "The upstream transport lacks system resources: \(function) failed.",
            requestMayHaveBeenSent: false
        )
    }

    /// The error of a request that cannot be sent as it is.
    static func invalid(_ reason: String) -> TransportError {
        TransportError(.invalidRequest, reason, requestMayHaveBeenSent: false)
    }

    /// The error of a request whose timeout passed while it waited for others to the same upstream.
    static let timedOutWaiting = TransportError(
        .timedOut,
        "The request waited too long for others to the same upstream.",
        requestMayHaveBeenSent: false
    )

    /// The error of an exchange with an upstream.
    ///
    /// - Parameters:
    ///   - code: the kind of failure.
    ///   - origin: scheme, host and port; the rest of the URL may be confidential.
    ///   - mayHaveBeenSent: whether the upstream may have received the request.
    ///   - isConnected: whether there was a connection.
    ///   - detail: describes failures of TLS and unknown ones.
    /// - Returns: the error, whose message has the origin.
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

    /// The error of a request that its caller has cancelled.
    static func cancelled(mayHaveBeenSent: Bool) -> TransportError {
        TransportError(.cancelled, "The request was cancelled.", requestMayHaveBeenSent: mayHaveBeenSent)
    }

    /// The error of a request that ended because the transport was shut down.
    static func shutDown(mayHaveBeenSent: Bool) -> TransportError {
        TransportError(.shutDown, "The upstream transport is shut down.", requestMayHaveBeenSent: mayHaveBeenSent)
    }
}
