extension TransportError {
    /// A sentence for clients, which unlike `message` does not have the upstream's origin.
    package var clientMessage: String {
        switch code {
        case .timedOut: "The upstream did not respond in time."
        case .closedEarly: "The upstream closed the connection without a response."
        case .truncated: "The upstream's response ended early."
        case .tooLarge: "The upstream's response is too large."
        case .malformedResponse: "The upstream's response is malformed."
        case .invalidRequest: "The request cannot be sent to the upstream."
        case .cancelled: "The request was cancelled."
        case .shutDown: "The gateway is shutting down."
        default: "The upstream cannot be reached."
        }
    }
}
