internal import Gateway
internal import NIOHTTP1

/// How the response to one request is to be formed: what its headers ask for.
struct ResponseForm: Sendable {
    let mediaType: ResponseMediaType
    /// The bytes from which on the response is compressed; nil: the client does not take that.
    let compressionThreshold: Int?
    /// Whether responses depend on what the client says of compression.
    let variesByCoding: Bool
    /// Whether the request was a GET, whose response may lie in a cache.
    let isGet: Bool
    /// The header fields of cross-origin calls.
    let crossOriginHeaders: [(name: String, value: String)]

    /// The HTTP response of a GraphQL response.
    func response(_ answer: GraphQLResponse) -> HTTPResponse {
        complete(
            HTTPResponse(
                status: mediaType.status(of: answer.kind),
                contentType: mediaType.contentType,
                body: answer.body
            )
        )
    }

    /// A response with what the request's headers ask for.
    func complete(_ response: HTTPResponse) -> HTTPResponse {
        var response = response
        if let compressionThreshold, response.body.count >= compressionThreshold,
            let compressed = Gzip.compress(response.body)
        {
            response.body = compressed
            response.headers.append((name: "content-encoding", value: "gzip"))
        }
        if isGet {
            response.headers.append((name: "vary", value: variesByCoding ? "Accept, Accept-Encoding" : "Accept"))
            response.headers.append((name: "cache-control", value: "no-store"))
        }
        response.headers.append(contentsOf: crossOriginHeaders)
        return response
    }
}
