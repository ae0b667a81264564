private import Gateway
private import NIOHTTP1

/// Finds the door for a request's path.
struct Router: Endpoint {
    private let endpoints: [String: any Endpoint]

    /// Makes a router of doors by path.
    init(endpoints: [String: any Endpoint]) {
        self.endpoints = endpoints
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        guard let endpoint = endpoints[String(request.path)] else {
            let known = endpoints.keys.sorted().joined(separator: ", ")
            let message = "There is nothing at this path. There is something at: \(known)."
            return .now(.error(.notFound, .pathNotFound, message))
        }
        return endpoint.reply(to: request)
    }
}
