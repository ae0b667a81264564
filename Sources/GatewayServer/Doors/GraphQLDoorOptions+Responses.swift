internal import NIOHTTP1

extension GraphQLDoorOptions {
    /// How the response to a request is to be formed.
    func form(of request: HTTPRequest, mediaType: ResponseMediaType, rateLimitPolicy: String?) -> ResponseForm {
        ResponseForm(
            mediaType: mediaType,
            compressionThreshold: compressionThreshold.flatMap { threshold in
                ContentCoding.acceptsGzip(request.header("accept-encoding")) ? threshold : nil
            },
            variesByCoding: compressionThreshold != nil,
            isGet: request.method == .GET,
            crossOriginHeaders: crossOrigin?.headers(for: request.header("origin")) ?? [],
            rateLimitPolicy: rateLimitPolicy
        )
    }

    /// Tells what may be sent to a path: to browsers that ask on behalf of a page, and to everyone else.
    func describe(_ request: HTTPRequest, methods: String) -> HTTPResponse {
        let response = HTTPResponse(status: .noContent).with("allow", methods)
        guard let policy = crossOrigin, request.head.headers.contains(name: "access-control-request-method")
        else { return shared(response, request) }
        return response.with(policy.preflightHeaders(for: request))
    }

    /// A response without negotiation, readable by pages that may call.
    func shared(_ response: HTTPResponse, _ request: HTTPRequest) -> HTTPResponse {
        response.with(crossOrigin?.headers(for: request.header("origin")) ?? [])
    }
}
