/// One call that was sent upstream; a call that is sent again is another one.
package struct UpstreamCallRecord: Sendable {
    /// The outcome of a call.
    package enum Outcome: Sendable, Hashable {
        /// A response, whatever its status, of so many bytes after decompression.
        case response(status: Int, bytes: Int)
        case failure(TransportError)
    }

    /// The client request for which it was made; nil: none waits for it.
    package let requestID: RequestID?
    /// The workspace's slug.
    package let workspace: String
    package let method: String
    /// The path and query below the base URL.
    package let path: String
    package let priority: CallPriority
    package let startedAt: ContinuousClock.Instant
    package let duration: Duration
    package let outcome: Outcome

    package init(
        requestID: RequestID?,
        workspace: String,
        method: String,
        path: String,
        priority: CallPriority,
        startedAt: ContinuousClock.Instant,
        duration: Duration,
        outcome: Outcome
    ) {
        self.requestID = requestID
        self.workspace = workspace
        self.method = method
        self.path = path
        self.priority = priority
        self.startedAt = startedAt
        self.duration = duration
        self.outcome = outcome
    }

    /// The path without its query.
    package var route: Substring { path.prefix { $0 != "?" } }
}
