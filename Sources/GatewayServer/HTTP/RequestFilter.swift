/// A filter that decides whether a request reaches its endpoint.
protocol RequestFilter: HTTPFilter {
    /// The response that refuses a request; nil: the request is passed on.
    func refusal(of request: HTTPRequest) -> HTTPResponse?
}

extension RequestFilter {
    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply {
        guard let response = refusal(of: request) else { return next.reply(to: request) }
        return .now(next.refusal(response, of: request.head))
    }
}
