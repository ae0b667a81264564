internal import NIOHTTP1

/// Serves the requests of one route.
protocol Endpoint: Sendable {
    /// Returns the response to a request: now, later, or as a stream.
    func reply(to request: HTTPRequest) -> HTTPReply

    /// The response to a request that cannot be read completely, in the protocol of this endpoint's clients.
    func refusal(_ response: HTTPResponse, of head: HTTPRequestHead) -> HTTPResponse
}

extension Endpoint {
    func refusal(_ response: HTTPResponse, of head: HTTPRequestHead) -> HTTPResponse { response }
}
