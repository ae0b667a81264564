package import Upstream

/// One operation or method call, and what it has cost.
package struct RequestRecord: Sendable {
    /// By what protocol it was asked for.
    package enum Interface: String, Sendable {
        case graphQL = "graphql"
        /// JSON-RPC, or the Model Context Protocol, whose tools are the same methods.
        case rpc
    }

    package let id: RequestID?
    package let interface: Interface
    /// What the response says; of a call in a batch, its calls are those of the batch so far.
    package let outcome: RequestOutcome
    package let startedAt: ContinuousClock.Instant
    package let duration: Duration
    package let responseBytes: Int
    /// What the caller spends; nil: it brings no credential, or observers do not ask who calls.
    package var credential: Credential?
    /// The configured name of the client; nil: callers are not asked who they are, or observers do not ask.
    package var client: String?
    /// The lane that its calls were spent in; nil: that of the protocol, or observers do not ask who calls.
    package var lane: String?
    /// The span; nil: it is in no trace.
    package var trace: SpanPosition?
    /// Whether it came as a message on a connection of many, so that it is no HTTP request.
    package var isMessage = false
    /// What its calls were planned to be; nil: it was not slow.
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
