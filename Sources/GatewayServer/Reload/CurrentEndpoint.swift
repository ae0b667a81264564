internal import NIOHTTP1

/// Serves each request with the current configuration.
struct CurrentEndpoint: Endpoint {
    let gateway: ReplaceableGateway

    func reply(to request: HTTPRequest) -> HTTPReply {
        gateway.current?.endpoint.reply(to: request) ?? .now(.shuttingDown)
    }

    func refusal(_ response: HTTPResponse, of head: HTTPRequestHead) -> HTTPResponse {
        gateway.current?.endpoint.refusal(response, of: head) ?? response
    }
}
