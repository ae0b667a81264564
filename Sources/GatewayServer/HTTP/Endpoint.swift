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
