/// The description of the gateway for clients that need a token.
package struct ProtectedResource: Sendable, Hashable {
    /// The URL of the MCP endpoint, as clients see it.
    package let url: String
    /// The issuer of tokens.
    package let issuer: String
    /// The scopes that a token needs.
    package let scopes: [String]
    /// The URL of the description, as clients see it.
    let metadataURL: String
    /// The paths at which the description is served.
    let paths: [String]

    /// Makes a description.
    ///
    /// - Parameters:
    ///   - publicURL: the URL by which clients reach the gateway; it is never taken from a request.
    ///   - issuer: the issuer of tokens.
    ///   - scopes: the scopes that a token needs.
    package init(publicURL: String, issuer: String, scopes: [String]) {
        let base = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
        let afterScheme = base.firstRange(of: "://").map { base[$0.upperBound...] } ?? base[...]
        let path = afterScheme.drop { $0 != "/" }
        let origin = base.dropLast(path.count)
        let known = ProtectedResourceEndpoint.path
        url = "\(base)/mcp"
        metadataURL = "\(origin)\(known)\(path)/mcp"
        paths = Array(Set([known, "\(known)/mcp", "\(known)\(path)/mcp"])).sorted()
        self.issuer = issuer
        self.scopes = scopes
    }
}
