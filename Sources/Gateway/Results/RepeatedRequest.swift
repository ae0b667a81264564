internal import Upstream

/// A request whose response has been sent before, to an equal one.
package struct RepeatedRequest: Sendable {
    let requestID: RequestID
    /// When it came.
    package let startedAt: ContinuousClock.Instant
    /// The length of the response.
    package let responseBytes: Int

    /// Notes a request.
    ///
    /// - Parameters:
    ///   - id: the id that it brings; nil: it brings none, and gets one of the gateway's own.
    ///   - startedAt: when it came.
    ///   - responseBytes: the length of the response.
    package init(id: String?, startedAt: ContinuousClock.Instant, responseBytes: Int) {
        requestID = id.flatMap { RequestID(clientSupplied: $0) } ?? .make()
        self.startedAt = startedAt
        self.responseBytes = responseBytes
    }

    /// By which it is found in the log.
    package var id: String { requestID.text }
}
