package import Upstream

/// One HTTP request and its response.
package struct ExchangeRecord: Sendable {
    /// Identifies the request in logs and in its response.
    package var id: String?
    /// The HTTP method.
    package let method: String
    /// The path of the route; nil: there is no such route.
    package let route: String?
    /// The HTTP status of the response.
    package let status: Int
    /// The length of the request's body in bytes.
    package let requestBytes: Int
    /// The length of the response's body in bytes; nil: it is a stream.
    package let responseBytes: Int?
    /// The time of the request's arrival.
    package var startedAt: ContinuousClock.Instant
    /// The time from the request's arrival to its response.
    package var duration: Duration
    /// The address of the client; nil: it is not known, or the request is in no trace.
    package var peerAddress: String?
    /// The position of its span in a trace; nil: it is in no trace.
    package var trace: SpanPosition?
    /// The operations that were executed for it; nil: no observer requested them.
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
