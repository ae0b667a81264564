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

    /// The caller no longer wants a response.
    static func cancelled(mayHaveBeenSent: Bool) -> TransportError {
        TransportError(.cancelled, "The request was cancelled.", requestMayHaveBeenSent: mayHaveBeenSent)
    }

    /// The transport is shut down.
    static func shutDown(mayHaveBeenSent: Bool) -> TransportError {
        TransportError(.shutDown, "The upstream transport is shut down.", requestMayHaveBeenSent: mayHaveBeenSent)
    }
}
