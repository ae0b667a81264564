internal import JSONRPC

/// A resource that a client begins to follow.
struct MCPFollowing: Sendable {
    let uri: String
    /// The resource as it is, and again whenever it has changed, from now on.
    let results: ResultStream
    /// The resource as it is.
    let reading: Reply<RPCCallResult>

    /// Follows the resource in a session, so that every change from then on is noticed.
    ///
    /// - Returns: why it is not followed, as its caller cannot read it; nil: it is.
    func begin(in session: MCPSession, _ exchange: MCPExchange) async -> RPCError? {
        if let error = exchange.error(of: await reading.value().outcome, uri: uri) {
            results.cancel()
            return error
        }
        await session.follow(uri, results)
        return nil
    }
}
