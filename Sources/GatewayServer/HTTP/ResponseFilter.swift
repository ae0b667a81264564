/// A filter that changes responses.
protocol ResponseFilter: HTTPFilter {
    /// Changes the response to a request.
    func change(_ response: inout HTTPResponse, to request: HTTPRequest)
}

extension ResponseFilter {
    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply {
        switch next.reply(to: request) {
        case .now(var response):
            change(&response, to: request)
            return .now(response)
        case .later(let respond):
            return .later {
                var response = await respond()
                change(&response, to: request)
                return response
            }
        case .upgrade(let upgrade):
            return .upgrade(upgrade)
        }
    }
}
