internal import Upstream

/// A request that gets the response to an earlier equal request.
package struct RepeatedRequest: Sendable {
    let requestID: RequestID
    /// The instant at which it arrived.
    package let startedAt: ContinuousClock.Instant
    /// The length of the response.
    package let responseBytes: Int

    /// Makes the record of a request.
    ///
    /// - Parameters:
    ///   - id: the request id that the client has sent; nil: it has sent none, and a new one is made.
    ///   - startedAt: the instant at which it arrived.
    ///   - responseBytes: the length of the response.
    package init(id: String?, startedAt: ContinuousClock.Instant, responseBytes: Int) {
        requestID = id.flatMap { RequestID(clientSupplied: $0) } ?? .make()
        self.startedAt = startedAt
        self.responseBytes = responseBytes
    }

    /// Identifies the request in the log.
    package var id: String { requestID.text }
}
