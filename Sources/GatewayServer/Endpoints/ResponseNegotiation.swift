internal import Gateway
internal import NIOHTTP1

/// How the response to one request is to be formed: what its headers ask for.
struct ResponseNegotiation: Sendable {
    let mediaType: ResponseMediaType
    /// The bytes from which on the response is compressed; nil: the client does not take that.
    let compressionThreshold: Int?
    /// The value of `Vary` for a response that depends on who asks.
    let vary: String
    /// The value of `Vary` for a response that is the same for everybody.
    let documentVary: String
    /// For how many seconds clients may reuse a response without asking again; 0: they always ask.
    let clientMaximumAge: Int
    /// The header fields of cross-origin calls.
    let crossOriginHeaders: [(name: String, value: String)]
    /// The value of `RateLimit-Policy`, if clients are limited.
    let rateLimitPolicy: String?

    /// The HTTP response of a GraphQL response.
    func response(_ result: GraphQLResponse) -> HTTPResponse {
        let response = HTTPResponse(
            status: mediaType.status(of: result.kind),
            contentType: mediaType.contentType,
            body: result.body
        )
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

    /// A response with what the request's headers ask for.
    ///
    /// - Parameters:
    ///   - response: the response so far.
    ///   - maxAge: for how many seconds it is fresh; 0: it is for no cache.
    /// - Returns: the complete response.
    func complete(_ response: HTTPResponse, maxAge: Int = 0) -> HTTPResponse {
        var response = compressed(response)
        response.headers.append((name: "vary", value: vary))
        response.headers.append((name: "cache-control", value: cacheControl(maxAge: maxAge)))
        response.headers.append(contentsOf: crossOriginHeaders)
        return response
    }

    /// The value of `Cache-Control`.
    ///
    /// Without leave by configuration a client asks each time, so that it sees its own writes and those of others.
    private func cacheControl(maxAge: Int) -> String {
        guard maxAge > 0 else { return "no-store" }
        return clientMaximumAge > 0 ? "private, max-age=\(min(maxAge, clientMaximumAge))" : "no-cache"
    }

    /// The HTTP response that carries a JSON-RPC response; errors have status 200 too, and notifications no content.
    func response(_ message: RPCResponse) -> HTTPResponse {
        guard let body = message.body else {
            return complete(limited(HTTPResponse(status: .noContent), message.rateLimitStatus))
        }
        let response = HTTPResponse(status: .ok, contentType: mediaType.contentType, body: body)
        return complete(limited(response, message.rateLimitStatus))
    }

    /// A response compressed, if it is large enough and the client takes that.
    func compressed(_ response: HTTPResponse) -> HTTPResponse {
        guard let compressionThreshold, case .bytes(let bytes) = response.body, bytes.count >= compressionThreshold,
            let compressed = Gzip.compress(bytes)
        else { return response }
        var response = response
        response.body = .bytes(compressed)
        response.headers.append((name: "content-encoding", value: "gzip"))
        return response
    }
}
