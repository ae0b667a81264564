package import Upstream

/// One operation or method call with its outcome.
package struct RequestRecord: Sendable {
    /// The protocol of a request.
    package enum Interface: String, Sendable {
        case graphQL = "graphql"
        /// JSON-RPC, or the Model Context Protocol, whose tools are the same methods.
        case rpc
    }

    package let id: RequestID?
    /// The protocol of the request.
    package let interface: Interface
    /// The outcome; for a call in a batch, its calls are those of the batch so far.
    package let outcome: RequestOutcome
    package let startedAt: ContinuousClock.Instant
    package let duration: Duration
    /// The length of the response in bytes.
    package let responseBytes: Int
    /// The credential of the caller; nil: it has none, or observers do not request callers.
    package var credential: Credential?
    /// The configured name of the client; nil: clients do not authenticate, or observers do not request callers.
    package var client: String?
    /// The lane whose budget its calls used; nil: that of the protocol, or observers do not request callers.
    package var lane: String?
    /// The position of its span in a trace; nil: it is in no trace.
    package var trace: SpanPosition?
    /// Whether it was a message on a connection that carries many, and not an HTTP request.
    package var isMessage = false
    /// The lines of its plan, each with its estimated calls; nil: it was not slow.
    package var callPlan: [String]?

    package init(
        id: RequestID?,
        interface: Interface,
        outcome: RequestOutcome,
        startedAt: ContinuousClock.Instant,
        duration: Duration,
        responseBytes: Int
    ) {
        self.id = id
        self.interface = interface
        self.outcome = outcome
        self.startedAt = startedAt
        self.duration = duration
        self.responseBytes = responseBytes
    }
}
