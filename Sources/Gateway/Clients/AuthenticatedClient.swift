/// The client that a token identifies.
package struct AuthenticatedClient: Sendable {
    /// The client.
    package let client: GatewayClient
    /// Whether the token has an expiry time, so that each request is checked anew.
    package let tokenExpires: Bool
}
