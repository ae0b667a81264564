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
