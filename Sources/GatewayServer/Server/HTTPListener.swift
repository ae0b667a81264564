/// The configuration of a socket for HTTP.
package struct HTTPListener: Sendable {
    /// The users of a socket.
    package enum Purpose: Sendable, Hashable {
        /// Clients: all endpoints.
        case clients
        /// Operators: health, metrics, profiles and the cockpit, but no endpoint that executes operations.
        case administration
    }

    /// The address to listen on.
    package let address: BindAddress
    /// The certificate with its key; nil: the socket does not use TLS.
    package let tls: TLSCredentials?
    /// The users of the socket.
    package let purpose: Purpose

    package init(_ address: BindAddress, tls: TLSCredentials? = nil, purpose: Purpose = .clients) {
        self.address = address
        self.tls = tls
        self.purpose = purpose
    }
}
