/// The clients that may call the gateway, found by their tokens.
package struct ClientDirectory: Sendable {
    /// A client and the hash of one of its tokens.
    private struct Entry: Sendable {
        let hash: TokenHash
        let client: GatewayClient
    }

    private let entries: [Entry]
    /// Verifies JSON Web Tokens; nil: none are accepted.
    private let issuer: (any TokenVerifier)?
    /// Whether the upstream calls of a client are limited.
    let limitsCalls: Bool
    /// Whether one of the clients may see the operators' pages.
    package let hasAdministrators: Bool

    /// Makes a directory.
    ///
    /// - Parameters:
    ///   - clients: the SHA-256 hashes of tokens, with their clients.
    ///   - issuer: verifies tokens of another kind, such as JSON Web Tokens; nil: none are accepted.
    ///   - limitsCalls: whether the upstream calls of a client are limited.
    ///   - hasAdministrators: whether one of the issuer's clients may see the operators' pages.
    package init(
        _ clients: [(hash: [UInt8], client: GatewayClient)],
        issuer: (any TokenVerifier)? = nil,
        limitsCalls: Bool = false,
        hasAdministrators: Bool = false
    ) {
        entries = clients.map { Entry(hash: TokenHash($0.hash), client: $0.client) }
        self.issuer = issuer
        self.limitsCalls = limitsCalls
        self.hasAdministrators = hasAdministrators || clients.contains { $0.client.isAdministrator }
    }

    /// The client that the value of the header `Authorization` identifies.
    package func client(authorization: String?) throws(AuthenticationFailure) -> AuthenticatedClient {
        guard let authorization else { throw .missing }
        let parts = authorization.split(separator: " ", omittingEmptySubsequences: true)
        // Credentials of another scheme are no token, and so not a wrong one: https://www.rfc-editor.org/rfc/rfc6750#section-3.1.
        guard parts.first?.lowercased() == "bearer" else { throw .missing }
        guard parts.count == 2 else { throw .invalid("Authorization must be: Bearer TOKEN.") }
        return try client(token: String(parts[1]))
    }

    /// Waits until the keys that verify tokens are fetched, or the attempt has failed.
    package func settle() async { await issuer?.settle() }

    /// The client of a token.
    package func client(token: String) throws(AuthenticationFailure) -> AuthenticatedClient {
        guard let hash = TokenHash(ofToken: token) else { throw .invalid("Tokens cannot be checked.") }
        var found: GatewayClient?
        // All are compared, and completely, so that the time reveals nothing about the hashes.
        for entry in entries where entry.hash.isEqual(to: hash) { found = entry.client }
        if let found { return AuthenticatedClient(client: found, tokenExpires: false) }
        guard let issuer, issuer.recognizes(token) else { throw .invalid("The token is not known.") }
        return AuthenticatedClient(client: try issuer.client(of: token), tokenExpires: true)
    }
}
