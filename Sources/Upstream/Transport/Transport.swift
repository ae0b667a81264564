/// Sends HTTP requests to an upstream.
package protocol Transport: Sendable {
    /// Sends all requests at once and returns when the last of them has a response or has failed.
    ///
    /// One call for many requests costs one wake-up of the transport; results that come together are handed over together.
    ///
    /// - Parameters:
    ///   - requests: what to send; they are independent of each other.
    ///   - receive: is given the position of a request and its result, as soon as that is there, in the caller's task.
    func send(
        _ requests: [TransportRequest],
        receive: (Int, Result<TransportResponse, TransportError>) -> Void
    ) async
}

extension Transport {
    /// Sends all requests at once.
    ///
    /// - Returns: one result for each request, in the same order, when the last of them is there.
    package func send(_ requests: [TransportRequest]) async -> [Result<TransportResponse, TransportError>] {
        let silence = TransportError(.other, "The transport gave no result.", requestMayHaveBeenSent: true)
        var results = [Result<TransportResponse, TransportError>](repeating: .failure(silence), count: requests.count)
        await send(requests) { position, result in results[position] = result }
        return results
    }
}
