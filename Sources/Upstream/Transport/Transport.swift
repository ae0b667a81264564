/// Sends HTTP requests to an upstream.
package protocol Transport: Sendable {
    /// Sends all requests concurrently and returns when the last of them has a response or has failed.
    ///
    /// One call for many requests costs one wake-up of the transport; results that arrive together are passed on together.
    ///
    /// - Parameters:
    ///   - requests: the requests, which are independent of each other.
    ///   - receive: a function of the index of a request and its result, called in the caller's task as soon as the result is there.
    func send(
        _ requests: [TransportRequest],
        receive: (Int, Result<TransportResponse, TransportError>) -> Void
    ) async
}

extension Transport {
    /// Sends all requests concurrently.
    ///
    /// - Returns: one result for each request, in the same order, after the last of them has arrived.
    package func send(_ requests: [TransportRequest]) async -> [Result<TransportResponse, TransportError>] {
        let silence = TransportError(.other, "The transport gave no result.", requestMayHaveBeenSent: true)
        var results = [Result<TransportResponse, TransportError>](repeating: .failure(silence), count: requests.count)
        await send(requests) { position, result in results[position] = result }
        return results
    }
}
