private import Gateway
internal import JSON
internal import NIOHTTP1

/// Finds the endpoint of a request's path; a trailing slash is ignored.
struct Router: Endpoint {
    private let endpoints: [ExactString: any Endpoint]
    /// The endpoints whose paths may be percent-encoded.
    private let encodable: [ExactString: any Endpoint]
    /// The paths that the refusal of an unknown path lists.
    private let listed: String

    /// Makes a router; of two routes with the same path, the later one is used.
    init(_ routes: [Route]) {
        endpoints = Self.table(routes)
        encodable = Self.table(routes.filter(\.takesEncodedPaths))
        listed = Set(routes.filter(\.isListed).map(\.path)).sorted().joined(separator: ", ")
    }

    private static func table(_ routes: [Route]) -> [ExactString: any Endpoint] {
        Dictionary(routes.map { (ExactString($0.path), $0.endpoint) }) { $1 }
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

    /// The endpoint whose path is a prefix of a path: its clients expect refusals in its protocol.
    private func endpoint(above path: Substring) -> (any Endpoint)? {
        endpoints.first { path.utf8.starts(with: "\($0.key.string)/".utf8) }?.value
    }

    private func endpoint(for path: Substring) -> (any Endpoint)? {
        if let endpoint = Self.endpoint(for: path, in: endpoints) { return endpoint }
        return RequestTarget.decoded(path).flatMap { Self.endpoint(for: $0, in: encodable) }
    }

    private static func endpoint(for path: Substring, in table: [ExactString: any Endpoint]) -> (any Endpoint)? {
        if let endpoint = table[ExactString(String(path))] { return endpoint }
        guard path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") else { return nil }
        return table[ExactString(String(path.dropLast()))]
    }
}
