package import Upstream

/// One HTTP request and its response.
package struct ExchangeRecord: Sendable, Hashable {
    package let id: RequestID?
    package let method: String
    /// The path of the route; nil: there is none.
    package let route: String?
    package let status: Int
    package let requestBytes: Int
    /// The bytes of the body; nil: it is made while the client reads it.
    package let responseBytes: Int?
    package let startedAt: ContinuousClock.Instant
    package let duration: Duration

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
        self.id = id.flatMap { RequestID(clientSupplied: $0) }
        self.method = method
        self.route = route
        self.status = status
        self.requestBytes = requestBytes
        self.responseBytes = responseBytes
        self.startedAt = startedAt
        self.duration = duration
    }
}
