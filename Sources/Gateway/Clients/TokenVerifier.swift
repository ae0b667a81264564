/// Finds clients by tokens that state who their holder is, such as JSON Web Tokens.
package protocol TokenVerifier: Sendable {
    /// Whether a text has the form of such a token.
    func recognizes(_ token: String) -> Bool

    /// The client of a token that is valid now.
    ///
    /// - Throws: why there is none; `.unavailable` while it cannot be known.
    func client(of token: String) throws(AuthenticationFailure) -> GatewayClient

    /// Waits until what is being fetched is there, or cannot be had.
    func settle() async
}
