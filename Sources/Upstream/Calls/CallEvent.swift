/// One thing that a client request did for its data: a call that it made or waited for, or a cached response that it used.
package struct CallEvent: Sendable, Hashable {
    /// Where the response came from.
    package enum Source: String, Sendable, Hashable {
        /// It was called for.
        case upstream
        /// It was cached.
        case cache
        /// Another request's call was in flight.
        case shared
        /// No response: the call waited for its budget.
        case wait
    }

    package let source: Source
    /// The workspace's slug.
    package let workspace: String
    package let method: String
    /// The path and query below the base URL; empty if it is not known.
    package let path: String
    package let startedAt: ContinuousClock.Instant
    package let duration: Duration
    /// The status of the response; nil: there was none, or it is not known.
    package var status: Int?
    /// How many rows the response lists; nil: it is no list.
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
