internal import JSONRPC

/// A resource to which a client subscribes.
struct MCPFollowing: Sendable {
    /// The URI of the resource.
    let uri: String
    /// The live results of the resource: the first, and another one after each change.
    let results: ResultStream
    /// The present content of the resource.
    let reading: Reply<RPCCallResult>

    /// Subscribes the session to the resource; returns when every later change is noticed.
    ///
    /// - Returns: the error that prevents it, as the caller cannot read the resource; nil: the session is subscribed.
    func begin(in session: MCPSession, _ exchange: MCPExchange) async -> RPCError? {
        if let error = exchange.error(of: await reading.value().outcome, uri: uri) {
            results.cancel()
            return error
        }
        await session.follow(uri, results)
        return nil
    }
}
