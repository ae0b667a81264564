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
    /// What the path is appended to.
    package let baseURL: String
    /// The path and query below the base URL.
    package let path: String
    package let priority: CallPriority
    /// The lane of who made it.
    package let lane: String
    package let startedAt: ContinuousClock.Instant
    package let duration: Duration
    package let outcome: Outcome
    /// The span of the call, and the id of the one above it; nil: the request is in no trace.
    package let trace: SpanPosition?

    package init(
        requestID: RequestID?,
        workspace: String,
        method: String,
        baseURL: String = "",
        path: String,
        priority: CallPriority,
        lane: String = BudgetLane.none.name,
        startedAt: ContinuousClock.Instant,
        duration: Duration,
        outcome: Outcome,
        trace: SpanPosition? = nil
    ) {
        self.requestID = requestID
        self.workspace = workspace
        self.method = method
        self.baseURL = baseURL
        self.path = path
        self.priority = priority
        self.lane = lane
        self.startedAt = startedAt
        self.duration = duration
        self.outcome = outcome
        self.trace = trace
    }

    /// The path without its query.
    package var route: Substring { path.prefix { $0 != "?" } }
}
