package import Upstream

/// One HTTP request and its response.
package struct ExchangeRecord: Sendable {
    /// By which it is found in logs and in its response.
    package var id: String?
    package let method: String
    /// The path of the route; nil: there is none.
    package let route: String?
    package let status: Int
    package let requestBytes: Int
    /// The bytes of the body; nil: it is made while the client reads it.
    package let responseBytes: Int?
    package var startedAt: ContinuousClock.Instant
    package var duration: Duration
    /// The address of the client; nil: it is not known, or the request is in no trace.
    package var peerAddress: String?
    /// The span; nil: it is in no trace.
    package var trace: SpanPosition?
    /// What was executed for it; nil: no observer asked for that.
    package var notes: ExchangeNotes?

    package init(
        id: String?,
        method: String,
        route: String?,
        status: Int,
        requestBytes: Int,
        responseBytes: Int?,
        startedAt: ContinuousClock.Instant,
        duration: Duration
    ) {
        self.id = id
        self.method = method
        self.route = route
        self.status = status
        self.requestBytes = requestBytes
        self.responseBytes = responseBytes
        self.startedAt = startedAt
        self.duration = duration
    }
}
