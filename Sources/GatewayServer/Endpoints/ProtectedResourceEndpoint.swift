private import JSON
private import NIOHTTP1

/// Serves the description of the gateway's tokens and their issuer.
///
/// https://www.rfc-editor.org/rfc/rfc9728
struct ProtectedResourceEndpoint: Endpoint {
    /// The path at which clients look for the description.
    static let path = "/.well-known/oauth-protected-resource"

    private let document: [UInt8]

    /// Makes the endpoint.
    ///
    /// - Parameter resource: the description.
    init(_ resource: ProtectedResource) {
        var members: JSONObject = [
            "resource": .string(resource.url), "authorization_servers": .array([.string(resource.issuer)]),
            "bearer_methods_supported": ["header"],
        ]
        if !resource.scopes.isEmpty { members["scopes_supported"] = .array(resource.scopes.map { .string($0) }) }
        document = JSONValue.object(members).serialized()
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        guard request.method == .GET || request.method == .HEAD else {
            return .now(.methodNotAllowed(allowed: "GET, HEAD"))
        }
        let response = HTTPResponse(status: .ok, contentType: "application/json", body: document)
        return .now(response.with("cache-control", "public, max-age=300").with("access-control-allow-origin", "*"))
    }
}
