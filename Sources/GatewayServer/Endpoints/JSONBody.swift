private import ContentCodings
private import Gateway
internal import NIOHTTP1

/// The bytes of a body that is JSON.
enum JSONBody {
    /// A body that cannot be read for what its headers say, or that is not what they say.
    struct Refused: Error {
        let response: HTTPResponse
    }

    /// The body of a request, decompressed.
    ///
    /// - Parameters:
    ///   - request: the request, whose header says how the body is coded.
    ///   - maximum: the most bytes that it may have.
    ///   - types: the media types that are read.
    /// - Returns: JSON, if the header is right.
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

    /// What is wrong with a body's media type; nil if nothing is.
    ///
    /// https://graphql.github.io/graphql-over-http/draft/#sec-Request
    private static func refusal(of contentType: String?, _ types: [ResponseMediaType]) -> HTTPResponse? {
        // PERF: what nearly all clients send needs no parsing.
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
