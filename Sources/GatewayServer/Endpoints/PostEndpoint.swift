internal import NIOHTTP1

/// An endpoint whose requests are sent by POST.
protocol PostEndpoint: Endpoint {
    /// The message for a client that has sent another method.
    static var hint: String { get }

    /// The reply to a request by POST.
    func post(_ request: HTTPRequest) -> HTTPReply
}

extension PostEndpoint {
    /// The methods of the endpoint.
    static var methods: String { "POST, OPTIONS" }

    static var hint: String { "The target does not support this method" }

    func reply(to request: HTTPRequest) -> HTTPReply { replyByMethod(to: request) }

    /// The reply to a request of any method.
    func replyByMethod(to request: HTTPRequest) -> HTTPReply {
        switch request.method {
        case .POST: post(request)
        case .OPTIONS: .now(.methods(Self.methods).varying(by: .accept))
        default: .now(.methodNotAllowed(allowed: Self.methods, Self.hint).varying(by: .accept))
        }
    }
}
