internal import Gateway
internal import NIOHTTP1

/// The challenge in a response to a request without a valid token.
///
/// https://www.rfc-editor.org/rfc/rfc6750#section-3, https://www.rfc-editor.org/rfc/rfc9728#section-5.1
struct AuthenticationChallenge: Sendable {
    /// The URL of the protected resource's metadata; nil: there is none.
    var metadataURL: String?
    /// The scopes that a token needs.
    var scopes: [String] = []

    /// The seconds after which a client should retry while tokens cannot be checked.
    private static let retryAfter = 5

    /// The response to a failed authentication.
    func response(to failure: AuthenticationFailure) -> HTTPResponse {
        var parameters = ["realm=\"gateway\""]
        let status: HTTPResponseStatus
        switch failure {
        case .missing:
            status = .unauthorized
        case .invalid:
            status = .unauthorized
            parameters.append("error=\"invalid_token\"")
        case .unavailable:
            return .error(.serviceUnavailable, failure.code, failure.message)
                .with("retry-after", "\(Self.retryAfter)")
                .with("cache-control", "no-store")
        case .forbidden:
            status = .forbidden
            parameters.append("error=\"insufficient_scope\"")
        }
        if !scopes.isEmpty { parameters.append("scope=\(Self.quoted(scopes.joined(separator: " ")))") }
        if let metadataURL { parameters.append("resource_metadata=\(Self.quoted(metadataURL))") }
        return HTTPResponse.error(status, failure.code, failure.message)
            .with("www-authenticate", "Bearer \(parameters.joined(separator: ", "))")
            .with("cache-control", "no-store")
    }

    /// A text as a quoted string: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.4.
    private static func quoted(_ text: String) -> String {
        let escaped = text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "\"\(String(escaped))\""
    }
}
