private import Gateway
private import NIOHTTP1

/// Describes what may be called by JSON-RPC.
struct OpenRPCEndpoint: Endpoint {
    private let document: [UInt8]?
    private let tag: String

    /// The methods of this endpoint.
    static let methods = "GET, HEAD, OPTIONS"

    init(document: [UInt8]?) {
        self.document = document
        tag = "\"\(EntityTag.digest(document ?? []))\""
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        .now(response(to: request).varying(by: .accept))
    }

    private func response(to request: HTTPRequest) -> HTTPResponse {
        guard let document else {
            return .error(.notFound, .pathNotFound, "This gateway does not publish an OpenRPC document.")
        }
        switch request.method {
        case .GET, .HEAD: break
        case .OPTIONS: return .methods(Self.methods)
        default: return .methodNotAllowed(allowed: Self.methods)
        }
        guard ResponseNegotiation(of: request) != nil else { return .jsonNotAcceptable }
        let isKnown = EntityTag.list(request.header("if-none-match"), contains: tag)
        let response =
            isKnown
            ? HTTPResponse(status: .notModified)
            : HTTPResponse(status: .ok, contentType: ResponseMediaType.json.contentType, body: document)
        return response.with("etag", "W/\(tag)").with("cache-control", "public, max-age=300")
    }
}
