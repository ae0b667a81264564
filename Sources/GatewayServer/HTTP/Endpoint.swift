internal import NIOHTTP1

/// Serves requests of one kind.
protocol Endpoint: Sendable {
    /// Returns the response to a request: now, later, or as a stream.
    func reply(to request: HTTPRequest) -> HTTPReply

    /// The response, as clients of this endpoint understand it, to a request that cannot be read completely.
    func refusal(_ response: HTTPResponse, of head: HTTPRequestHead) -> HTTPResponse
}

extension Endpoint {
    func refusal(_ response: HTTPResponse, of head: HTTPRequestHead) -> HTTPResponse { response }
}

/// The reply to a request.
enum HTTPReply: Sendable {
    /// The response is here.
    case now(HTTPResponse)
    /// The response takes waiting; runs on the connection's event loop.
    case later(@Sendable () async -> HTTPResponse)
    /// From here on the connection speaks another protocol.
    case upgrade(ProtocolUpgrade)
}
