private import Gateway
internal import NIOHTTP1

/// Finds the endpoint for a request's path; a slash at a path's end makes no difference.
struct Router: Endpoint {
    private let endpoints: [String: any Endpoint]
    /// The paths that the refusal of an unknown one names.
    private let listed: String

    /// Makes a router; of two routes with one path the later one counts.
    init(_ routes: [Route]) {
        endpoints = Dictionary(routes.map { ($0.path, $0.endpoint) }) { $1 }
        listed = Set(routes.filter(\.isListed).map(\.path)).sorted().joined(separator: ", ")
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        guard let endpoint = endpoint(for: request.path) else {
            let message = "There is no endpoint at this path. The endpoints are: \(listed)."
            let response = HTTPResponse.error(.notFound, .pathNotFound, message)
            return .now(endpoint(above: request.path)?.refusal(response, of: request.head) ?? response)
        }
        return endpoint.reply(to: request)
    }

    func refusal(_ response: HTTPResponse, of head: HTTPRequestHead) -> HTTPResponse {
        endpoint(for: RequestTarget(head.uri).path)?.refusal(response, of: head) ?? response
    }

    /// The endpoint whose path the beginning of a path is: its clients expect refusals in its form.
    private func endpoint(above path: Substring) -> (any Endpoint)? {
        endpoints.first { path.utf8.starts(with: "\($0.key)/".utf8) }?.value
    }

    private func endpoint(for path: Substring) -> (any Endpoint)? {
        if let endpoint = endpoints[String(path)] { return endpoint }
        guard path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") else { return nil }
        return endpoints[String(path.dropLast())]
    }
}
