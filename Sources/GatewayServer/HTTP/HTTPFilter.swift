internal import NIOHTTP1

/// Processes the requests of several endpoints before them, and their responses after them.
///
/// If a filter has nothing to do for a request, it returns the reply of the next one.
protocol HTTPFilter: Sendable {
    /// The reply to a request: one of its own, or that of the next filter or endpoint.
    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply

    /// The response to a request that cannot be read completely.
    func refusal(_ response: HTTPResponse, of head: HTTPRequestHead, next: any Endpoint) -> HTTPResponse
}

extension HTTPFilter {
    func refusal(_ response: HTTPResponse, of head: HTTPRequestHead, next: any Endpoint) -> HTTPResponse {
        next.refusal(response, of: head)
    }
}
