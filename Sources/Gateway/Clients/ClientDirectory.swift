/// The clients that may call, found by their tokens.
package struct ClientDirectory: Sendable {
    /// A client and the hash of one of its tokens.
    private struct Entry: Sendable {
        let hash: TokenHash
        let client: GatewayClient
    }

    private let entries: [Entry]
    /// Finds clients by JSON Web Tokens; nil: there are none.
    private let issuer: (any TokenVerifier)?
    /// Whether the upstream calls of a client are limited.
    let limitsCalls: Bool
    /// Whether one of the clients may see what operators see.
    package let hasAdministrators: Bool

    /// Makes a directory.
    ///
    /// - Parameters:
    ///   - clients: the SHA-256 hashes of tokens, with their clients.
    ///   - issuer: finds clients by tokens of another kind; nil: there are none.
    ///   - limitsCalls: whether the upstream calls of a client are limited.
    ///   - hasAdministrators: whether one of the issuer's clients may see what operators see.
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

    /// The client that the value of the header `Authorization` names.
    package func client(authorization: String?) throws(AuthenticationFailure) -> AuthenticatedClient {
        guard let authorization else { throw .missing }
        let parts = authorization.split(separator: " ", omittingEmptySubsequences: true)
        // What another scheme carries is no token, and so none that is wrong: https://www.rfc-editor.org/rfc/rfc6750#section-3.1.
        guard parts.first?.lowercased() == "bearer" else { throw .missing }
        guard parts.count == 2 else { throw .invalid("Authorization must be: Bearer TOKEN.") }
        return try client(token: String(parts[1]))
    }

    /// Waits until tokens whose validity cannot be known can be checked, or cannot.
    package func settle() async { await issuer?.settle() }

    /// The client of a token.
    package func client(token: String) throws(AuthenticationFailure) -> AuthenticatedClient {
        guard let hash = TokenHash(ofToken: token) else { throw .invalid("Tokens cannot be checked.") }
        var found: GatewayClient?
        // All are compared, wholly: how long it takes says nothing of the hashes.
        for entry in entries where entry.hash.isEqual(to: hash) { found = entry.client }
        if let found { return AuthenticatedClient(client: found, tokenExpires: false) }
        guard let issuer, issuer.recognizes(token) else { throw .invalid("The token is not known.") }
        return AuthenticatedClient(client: try issuer.client(of: token), tokenExpires: true)
    }
}
