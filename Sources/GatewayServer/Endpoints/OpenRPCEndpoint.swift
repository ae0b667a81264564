private import Gateway
private import NIOHTTP1

/// Describes what may be called by JSON-RPC.
struct OpenRPCEndpoint: Endpoint {
    private let document: [UInt8]?
    private let tag: String
    private let options: EndpointOptions

    /// The methods of this endpoint.
    static let methods = "GET, HEAD, OPTIONS"

    init(document: [UInt8]?, options: EndpointOptions) {
        self.document = document
        self.options = options
        tag = "\"\(EntityTag.digest(document ?? []))\""
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        guard let document else {
            return .now(
                options.shared(
                    .error(.notFound, .pathNotFound, "This gateway does not publish an OpenRPC document."),
                    with: request
                )
            )
        }
        switch request.method {
        case .GET, .HEAD: break
        case .OPTIONS: return .now(options.description(for: request, allowed: Self.methods))
        default: return .now(options.shared(.methodNotAllowed(allowed: Self.methods), with: request))
        }
        guard let form = options.jsonForm(of: request) else {
            return .now(options.shared(.jsonNotAcceptable, with: request))
        }
        let isKnown = EntityTag.list(request.header("if-none-match"), contains: tag)
        let response =
            isKnown
            ? HTTPResponse(status: .notModified)
            : HTTPResponse(status: .ok, contentType: ResponseMediaType.json.contentType, body: document)
        let tagged = response.with("etag", "W/\(tag)").with("cache-control", "public, max-age=300")
        return .now(form.compressed(tagged).with("vary", form.documentVary).with(form.crossOriginHeaders))
    }
}
