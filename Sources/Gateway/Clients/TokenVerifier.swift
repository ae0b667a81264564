/// Finds clients by tokens that state their holder, such as JSON Web Tokens.
package protocol TokenVerifier: Sendable {
    /// Whether a text has the syntax of such a token.
    func recognizes(_ token: String) -> Bool

    /// The client of a token that is valid now.
    ///
    /// - Throws: the reason why there is none; `.unavailable` while the token cannot be verified.
    func client(of token: String) throws(AuthenticationFailure) -> GatewayClient

    /// Waits until the keys that verify tokens are fetched, or the attempt has failed.
    func settle() async
}
