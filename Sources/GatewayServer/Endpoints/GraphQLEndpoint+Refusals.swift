private import Gateway
internal import NIOHTTP1

extension HTTPResponse {
    /// The response to a client that accepts none of the media types of JSON-RPC.
    static let rpcNotAcceptable = HTTPResponse.error(
        .notAcceptable,
        .notAcceptable,
        "Responses are application/json, application/json-rpc or application/jsonrequest, in UTF-8: name one in Accept."
    )

    /// The response to a client that accepts none of the media types of GraphQL.
    static let notAcceptable = HTTPResponse.error(
        .notAcceptable,
        .notAcceptable,
        "Responses are application/graphql-response+json or application/json, in UTF-8: name one of them in Accept."
    )

    /// The response to a client that does not accept JSON, where there is no other media type.
    static let jsonNotAcceptable = HTTPResponse.error(
        .notAcceptable,
        .notAcceptable,
        "Responses are application/json in UTF-8: name it in Accept."
    )

    /// The response to a body of an unsupported media type.
    static func unsupportedMediaType(_ message: String, _ types: [ResponseMediaType]) -> HTTPResponse {
        HTTPResponse.error(.unsupportedMediaType, .unsupportedMediaType, message)
            .with("accept-post", types.map(\.contentType).joined(separator: ", "))
    }
}
