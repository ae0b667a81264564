internal import Gateway
internal import NIOHTTP1

extension HTTPResponse {
    /// An error in JSON, with the code that programs read and the help that people read.
    static func error(_ status: HTTPResponseStatus, _ code: RefusalCode, _ message: String) -> HTTPResponse {
        HTTPResponse(
            status: status,
            contentType: ResponseMediaType.json.contentType,
            body: GraphQLResponse.refused(code, message).body
        )
    }

    /// The answer to a method that the target does not have.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6
    static func methodNotAllowed(
        allowed: String,
        _ message: String = "The method is not one of those that are answered here"
    ) -> HTTPResponse {
        HTTPResponse.error(.methodNotAllowed, .methodNotAllowed, "\(message): use \(allowed).")
            .with("allow", allowed)
    }

    /// The response with one more header field.
    func with(_ name: String, _ value: String) -> HTTPResponse {
        var response = self
        response.headers.append((name: name, value: value))
        return response
    }

    /// The response with more header fields.
    func with(_ fields: [(name: String, value: String)]) -> HTTPResponse {
        var response = self
        response.headers.append(contentsOf: fields)
        return response
    }
}
