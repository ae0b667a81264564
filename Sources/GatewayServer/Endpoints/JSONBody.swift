private import ContentCodings
private import Gateway
internal import NIOHTTP1

/// Reads JSON bodies of requests.
enum JSONBody {
    /// The response to a body that contradicts its header fields, or whose header fields are not supported.
    struct Refused: Error {
        let response: HTTPResponse
    }

    /// The body of a request, decompressed.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - maximum: the most bytes of the decompressed body.
    ///   - types: the supported media types.
    /// - Returns: the bytes, which are not parsed.
    /// - Throws: the response to a body that cannot be read.
    static func bytes(
        of request: HTTPRequest,
        maximum: Int,
        types: [ResponseMediaType] = [.json]
    ) throws(Refused) -> [UInt8] {
        if let response = refusal(of: request.header("content-type"), types) { throw Refused(response: response) }
        switch ContentCoding(contentEncoding: request.header("content-encoding")) {
        case .identity:
            return request.body
        case .gzip:
            return try decompress(request.body, maximum: maximum)
        case nil:
            let response = HTTPResponse.unsupportedMediaType("Send the body as it is, or compressed with gzip.", types)
            throw Refused(response: response.with("accept-encoding", "gzip, identity"))
        }
    }

    private static func decompress(_ body: [UInt8], maximum: Int) throws(Refused) -> [UInt8] {
        do throws(Gzip.Failure) {
            return try Gzip.decompress(body, maximumBytes: maximum)
        } catch {
            switch error {
            case .tooLarge:
                throw Refused(response: .payloadTooLarge(maximum: maximum))
            case .malformed:
                throw Refused(response: .error(.badRequest, .badRequest, "The body is not gzip, or is cut short."))
            }
        }
    }

    /// The response to a body with a wrong media type; nil: it is supported.
    ///
    /// https://graphql.github.io/graphql-over-http/draft/#sec-Request
    private static func refusal(of contentType: String?, _ types: [ResponseMediaType]) -> HTTPResponse? {
        // PERF: the value that nearly all clients send is not parsed.
        if contentType == "application/json" { return nil }
        guard let mediaType = contentType.flatMap({ MediaType($0[...]) }),
            types.contains(where: { $0.name == mediaType.name })
        else {
            let message = "Send the request as JSON, with the header Content-Type: application/json."
            return .unsupportedMediaType(message, types)
        }
        guard mediaType.isUTF8 else {
            return .unsupportedMediaType("Send the request in UTF-8: no other charset is read.", types)
        }
        return nil
    }
}
