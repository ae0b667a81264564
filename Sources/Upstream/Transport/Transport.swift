/// Sends HTTP requests to an upstream.
package protocol Transport: Sendable {
    /// Sends all requests at once and returns when the last of them is answered or has failed.
    ///
    /// One call for many requests costs one wake-up of the transport and one resumption of the caller.
    ///
    /// - Parameter requests: what to send; they are independent of each other.
    /// - Returns: one result for each request, in the same order.
    func send(_ requests: [TransportRequest]) async -> [Result<TransportResponse, TransportError>]
}
