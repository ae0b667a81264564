internal import Gateway
internal import NIOHTTP1

/// How the response to one request is to be formed: what its headers ask for.
struct ResponseNegotiation: Sendable {
    let mediaType: ResponseMediaType
    /// For how many seconds clients may reuse a response without asking again; 0: they always ask.
    let clientMaximumAge: Int
    /// The value of `RateLimit-Policy`, if clients are limited.
    let rateLimitPolicy: String?

    /// Finds out how the response to a request is to be formed; nil if the client takes no form that there is.
    ///
    /// - Parameters:
    ///   - request: whose header says what the client takes.
    ///   - types: the media types that there are.
    ///   - clientMaximumAge: for how many seconds clients may reuse a response; 0: they always ask.
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

    /// The form of refusals for a client that takes no JSON.
    init(refusalsWith rateLimitPolicy: String?) {
        mediaType = .graphQLResponse
        clientMaximumAge = 0
        self.rateLimitPolicy = rateLimitPolicy
    }

    /// States that a write was carried out before, by an equal request: what the body says of its calls was spent then.
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
    func limited(_ response: HTTPResponse, _ rateLimitStatus: RateLimitStatus?) -> HTTPResponse {
        guard let rateLimitStatus else { return response }
        var response = response
        if let policy = rateLimitPolicy { response.headers.append((name: "ratelimit-policy", value: policy)) }
        if let field = rateLimitStatus.rateLimitField { response.headers.append((name: "ratelimit", value: field)) }
        if let seconds = rateLimitStatus.retryAfter {
            response.headers.append((name: "retry-after", value: "\(seconds)"))
        }
        return response
    }

    /// A response that depends on who asks.
    ///
    /// - Parameters:
    ///   - response: the response so far.
    ///   - maxAge: for how many seconds it is fresh; 0: it is for no cache.
    /// - Returns: the complete response.
    func complete(_ response: HTTPResponse, maxAge: Int = 0) -> HTTPResponse {
        var response = response
        response.vary = .caller
        response.headers.append((name: "cache-control", value: cacheControl(maxAge: maxAge)))
        return response
    }

    /// The value of `Cache-Control`.
    ///
    /// Without leave by configuration a client asks each time, so that it sees its own writes and those of others.
    private func cacheControl(maxAge: Int) -> String {
        guard maxAge > 0 else { return "no-store" }
        return clientMaximumAge > 0 ? "private, max-age=\(min(maxAge, clientMaximumAge))" : "no-cache"
    }

    /// The HTTP response that carries a JSON-RPC response; errors have status 200 too.
    ///
    /// - Parameters:
    ///   - message: the response.
    ///   - emptyStatus: the status if it has no body, because all of the request were notifications.
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
