/// A request that has had the response to an equal one.
package struct RepeatedRequest: Sendable {
    /// By which it is found in the log.
    package let id: String
    /// When it came.
    package let startedAt: ContinuousClock.Instant
    /// The length of the response.
    package let responseBytes: Int

    package init(id: String, startedAt: ContinuousClock.Instant, responseBytes: Int) {
        self.id = id
        self.startedAt = startedAt
        self.responseBytes = responseBytes
    }
}
