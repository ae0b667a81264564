internal import NIOHTTP1

extension EndpointOptions {
    /// How the response to a request is to be formed; nil if the client takes no form that there is.
    func form(of request: HTTPRequest, rateLimitPolicy: String?) -> ResponseNegotiation? {
        form(of: request, among: ResponseMediaType.graphQL, rateLimitPolicy: rateLimitPolicy)
    }

    /// How the response to a request is to be formed that is JSON; nil if the client does not take that.
    func jsonForm(of request: HTTPRequest) -> ResponseNegotiation? {
        form(of: request, among: [.json], rateLimitPolicy: nil)
    }

    /// How the response to a JSON-RPC message is to be formed; nil if the client takes no form that there is.
    func rpcForm(of request: HTTPRequest, rateLimitPolicy: String?) -> ResponseNegotiation? {
        form(of: request, among: ResponseMediaType.rpc, rateLimitPolicy: rateLimitPolicy)
    }

    private func form(
        of request: HTTPRequest,
        among types: [ResponseMediaType],
        rateLimitPolicy: String?
    ) -> ResponseNegotiation? {
        guard let mediaType = ResponseMediaType.negotiate(accept: request.header("accept"), among: types) else {
            return nil
        }
        return form(of: request, mediaType: mediaType, rateLimitPolicy: rateLimitPolicy)
    }

    private func form(
        of request: HTTPRequest,
        mediaType: ResponseMediaType,
        rateLimitPolicy: String?
    ) -> ResponseNegotiation {
        ResponseNegotiation(
            mediaType: mediaType,
            compressionThreshold: compressionThreshold.flatMap { threshold in
                ContentCoding.acceptsGzip(request.header("accept-encoding")) ? threshold : nil
            },
            vary: Vary.caller(byCoding: compressionThreshold != nil, byOrigin: variesByOrigin),
            documentVary: Vary.document(byCoding: compressionThreshold != nil, byOrigin: variesByOrigin),
            clientMaximumAge: clientMaximumAge,
            crossOriginHeaders: crossOrigin?.headers(for: request.header("origin")) ?? [],
            rateLimitPolicy: rateLimitPolicy
        )
    }

    /// A response without negotiation, readable by pages that may call.
    func shared(_ response: HTTPResponse, with request: HTTPRequest) -> HTTPResponse {
        let varied = response.with(
            "vary",
            Vary.document(byCoding: compressionThreshold != nil, byOrigin: variesByOrigin)
        )
        guard let crossOrigin else { return varied }
        return crossOrigin.headers(for: request.header("origin")).reduce(varied) { $0.with($1.name, $1.value) }
    }

    private var variesByOrigin: Bool { crossOrigin?.variesByOrigin ?? false }

    /// The response to OPTIONS: what an endpoint accepts, for CORS preflight requests and for everyone else.
    func description(for request: HTTPRequest, allowed: String) -> HTTPResponse {
        let response = HTTPResponse(status: .noContent).with("allow", allowed)
        guard let crossOrigin, request.head.headers.contains(name: "access-control-request-method") else {
            return shared(response, with: request)
        }
        return crossOrigin.preflightHeaders(for: request).reduce(response) { $0.with($1.name, $1.value) }
    }
}
