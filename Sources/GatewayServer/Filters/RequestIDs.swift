internal import Gateway
internal import NIOHTTP1

/// Sets the id of each request, which is in its log lines and its response.
///
/// A client, or a proxy before the gateway, may choose the id by `X-Request-ID`.
struct RequestIDs: HTTPFilter {
    /// The header field with the id, in requests and in responses.
    static let field = "x-request-id"

    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply {
        let id = Self.id(of: request.head)
        var request = request
        request.id = id
        switch next.reply(to: request) {
        case .now(let response):
            return .now(Self.named(id, response, to: request))
        case .later(let respond):
            return .later { [request] in Self.named(id, await respond(), to: request) }
        case .upgrade(let upgrade): return .upgrade(upgrade)
        }
    }

    func refusal(_ response: HTTPResponse, of head: HTTPRequestHead, next: any Endpoint) -> HTTPResponse {
        let id = Self.id(of: head)
        // The filters behind this one read the id from the header field, as if the client had sent it.
        var head = head
        head.headers.replaceOrAdd(name: Self.field, value: id)
        return next.refusal(response, of: head).with(Self.field, id)
    }

    private static func named(_ id: String, _ response: consuming HTTPResponse, to request: HTTPRequest) -> HTTPResponse
    {
        response = response.with(field, id)
        if let repetition = response.repetition {
            response.repetition = repetition.withRequestIDs(made: request.head.headers.first(name: field) != id)
        }
        return response
    }

    private static func id(of head: HTTPRequestHead) -> String {
        Caller.requestID(clientSupplied: head.headers.first(name: field))
    }
}
