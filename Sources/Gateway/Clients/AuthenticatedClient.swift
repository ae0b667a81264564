/// A client that a token names.
package struct AuthenticatedClient: Sendable {
    /// The client.
    package let client: GatewayClient
    /// Whether the token ends by itself, so that each request has to be checked at its own time.
    package let tokenExpires: Bool
}
