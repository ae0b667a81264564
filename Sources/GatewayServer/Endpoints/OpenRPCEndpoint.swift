private import Gateway
private import NIOHTTP1

/// Serves the OpenRPC document of the JSON-RPC methods.
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
        // The document is only for clients with a token, if clients authenticate.
        .now(response(to: request).varying(by: request.client == nil ? .accept : [.accept, .authorization]))
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
        if let client = request.client, !client.mayExecuteAnyDocument {
            return .error(
                .forbidden,
                GatewayClient.forbidden,
                "This client may execute its own documents, and nothing else is described to it."
            )
        }
        guard EntityTag.meetsMatch(request.header("if-match")) else { return .preconditionFailed }
        let isKnown = EntityTag.list(request.header("if-none-match"), contains: tag)
        let response =
            isKnown
            ? HTTPResponse(status: .notModified)
            : HTTPResponse(status: .ok, contentType: ResponseMediaType.json.contentType, body: document)
        let scope = request.client == nil ? "public" : "private"
        return response.with("etag", "W/\(tag)").with("cache-control", "\(scope), max-age=300")
    }
}
