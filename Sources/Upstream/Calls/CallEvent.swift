/// One event of a client request: a call that it made or waited for, or a cached response that it used.
package struct CallEvent: Sendable, Hashable {
    /// The source of the response.
    package enum Source: String, Sendable, Hashable {
        /// The request called the upstream.
        case upstream
        /// The response was cached.
        case cache
        /// The request waited for another request's call in flight.
        case shared
        /// None: the call waited for its budget.
        case wait
    }

    /// The source of the response.
    package let source: Source
    /// The workspace's slug.
    package let workspace: String
    /// The HTTP method of the call.
    package let method: String
    /// The path and query below the base URL; empty if it is not known.
    package let path: String
    /// The time at which the event began.
    package let startedAt: ContinuousClock.Instant
    /// The time that it took.
    package let duration: Duration
    /// The status of the response; nil: there was none, or it is not known.
    package var status: Int?
    /// The number of rows that the response lists; nil: it is no list.
    package var rows: Int?

    package init(
        _ source: Source,
        workspace: String,
        method: String = "GET",
        path: String = "",
        startedAt: ContinuousClock.Instant,
        duration: Duration = .zero,
        status: Int? = nil,
        rows: Int? = nil
    ) {
        self.source = source
        self.workspace = workspace
        self.method = method
        self.path = path
        self.startedAt = startedAt
        self.duration = duration
        self.status = status
        self.rows = rows
    }
}
