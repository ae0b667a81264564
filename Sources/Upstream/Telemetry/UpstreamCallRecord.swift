/// One call that was sent upstream; a call that is sent again is another one.
package struct UpstreamCallRecord: Sendable {
    /// The outcome of a call.
    package enum Outcome: Sendable, Hashable {
        /// A response, with its status and the number of its bytes after decompression.
        case response(status: Int, bytes: Int)
        case failure(TransportError)
    }

    /// The client request for which it was made; nil: none waits for it.
    package let requestID: RequestID?
    /// The workspace's slug.
    package let workspace: String
    /// The HTTP method.
    package let method: String
    /// The URL to which the path is appended.
    package let baseURL: String
    /// The path and query below the base URL.
    package let path: String
    /// The priority of the call.
    package let priority: CallPriority
    /// The name of the lane of its caller.
    package let lane: String
    /// The time at which it was sent.
    package let startedAt: ContinuousClock.Instant
    /// The time until its outcome.
    package let duration: Duration
    /// The response, or the reason why there is none.
    package let outcome: Outcome
    /// The span of the call, and the id of its parent; nil: the request is in no trace.
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
