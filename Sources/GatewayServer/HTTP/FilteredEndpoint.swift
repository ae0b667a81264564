internal import NIOHTTP1

/// An endpoint behind a filter.
struct FilteredEndpoint: Endpoint {
    private let filter: any HTTPFilter
    private let next: any Endpoint

    init(_ filter: any HTTPFilter, next: any Endpoint) {
        self.filter = filter
        self.next = next
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        filter.reply(to: request, next: next)
    }

    func refusal(_ response: HTTPResponse, of head: HTTPRequestHead) -> HTTPResponse {
        filter.refusal(response, of: head, next: next)
    }
}

extension Endpoint {
    /// The endpoint behind filters; the first of them sees requests first and responses last.
    func filtered(by filters: [any HTTPFilter]) -> any Endpoint {
        // PERF: the chain is made once, so that a request makes no list and no closure for it.
        var endpoint: any Endpoint = self
        for filter in filters.reversed() { endpoint = FilteredEndpoint(filter, next: endpoint) }
        return endpoint
    }
}
