internal import Gateway
internal import NIOHTTP1

/// The format of the response to one request, as negotiated by its header fields.
struct ResponseNegotiation: Sendable {
    let mediaType: ResponseMediaType
    /// The seconds for which clients may reuse a response without revalidation; 0: they revalidate each time.
    let clientMaximumAge: Int
    /// The value of `RateLimit-Policy`; nil: clients are not limited.
    let rateLimitPolicy: String?

    /// Negotiates the format of the response to a request; nil if the client accepts none of the media types.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - types: the available media types.
    ///   - clientMaximumAge: the seconds for which clients may reuse a response; 0: they revalidate each time.
    ///   - rateLimitPolicy: the value of `RateLimit-Policy`; nil: clients are not limited.
    init?(
        of request: HTTPRequest,
        among types: [ResponseMediaType] = [.json],
        clientMaximumAge: Int = 0,
        rateLimitPolicy: String? = nil
    ) {
        guard let mediaType = ResponseMediaType.negotiate(accept: request.header("accept"), among: types) else {
            return nil
        }
        self.mediaType = mediaType
        self.clientMaximumAge = clientMaximumAge
        self.rateLimitPolicy = rateLimitPolicy
    }

    /// Makes the format of refusals for a client that does not accept JSON.
    init(refusalsWith rateLimitPolicy: String?) {
        mediaType = .graphQLResponse
        clientMaximumAge = 0
        self.rateLimitPolicy = rateLimitPolicy
    }

    /// The header field of a response to an earlier equal request, which has executed the write; calls in the body were made then.
    private static let replayed = (name: "idempotent-replayed", value: "true")

    /// The HTTP response of a GraphQL response.
    func response(_ result: GraphQLResponse) -> HTTPResponse {
        var response = HTTPResponse(
            status: mediaType.status(of: result.kind),
            contentType: mediaType.contentType,
            body: result.body
        )
        response.reuse = result.reuse
        if result.isReplayed { response.headers.append(Self.replayed) }
        return complete(limited(response, result.rateLimitStatus), maxAge: result.maxAge)
    }

    /// The response with the client's rate-limit status in its header fields.
    ///
    /// https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
    // PERF: consuming, as a copy of a response has a dozen references.
    func limited(_ response: consuming HTTPResponse, _ rateLimitStatus: RateLimitStatus?) -> HTTPResponse {
        guard let rateLimitStatus else { return response }
        if let policy = rateLimitPolicy { response.headers.append((name: "ratelimit-policy", value: policy)) }
        if let field = rateLimitStatus.rateLimitField { response.headers.append((name: "ratelimit", value: field)) }
        if let seconds = rateLimitStatus.retryAfter {
            response.headers.append((name: "retry-after", value: "\(seconds)"))
        }
        return response
    }

    /// Completes a response that depends on the caller.
    ///
    /// - Parameters:
    ///   - response: the response.
    ///   - maxAge: the seconds for which it is fresh; 0: it must not be cached.
    /// - Returns: the complete response.
    func complete(_ response: consuming HTTPResponse, maxAge: Int = 0) -> HTTPResponse {
        response.vary = .caller
        response.headers.append((name: "cache-control", value: cacheControl(maxAge: maxAge)))
        return response
    }

    /// The value of `Cache-Control`.
    ///
    /// Unless the configuration allows more, a client revalidates each time, so that it sees its own writes and those of others.
    private func cacheControl(maxAge: Int) -> String {
        guard maxAge > 0 else { return "no-store" }
        return clientMaximumAge > 0 ? "private, max-age=\(min(maxAge, clientMaximumAge))" : "no-cache"
    }

    /// The HTTP response of a JSON-RPC response; errors have status 200 too.
    ///
    /// - Parameters:
    ///   - message: the response.
    ///   - emptyStatus: the status if it has no body, as the request only had notifications.
    /// - Returns: the complete response.
    func response(
        _ message: RPCResponse,
        emptyStatus: @autoclosure () -> HTTPResponseStatus = .noContent
    ) -> HTTPResponse {
        guard let body = message.body else {
            return complete(limited(HTTPResponse(status: emptyStatus()), message.rateLimitStatus))
        }
        var response = HTTPResponse(status: .ok, contentType: mediaType.contentType, body: body)
        response.reuse = message.reuse
        if message.isReplayed { response.headers.append(Self.replayed) }
        return complete(limited(response, message.rateLimitStatus))
    }
}
