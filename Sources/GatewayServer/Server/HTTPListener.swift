/// A socket on which HTTP is served.
package struct HTTPListener: Sendable {
    /// Whom a socket is for.
    package enum Purpose: Sendable, Hashable {
        /// Clients: all endpoints.
        case clients
        /// Operators: health, metrics, profiles and the cockpit, and no endpoint that executes anything.
        case administration
    }

    /// Where it listens.
    package let address: BindAddress
    /// What it proves its name with; nil: it does not speak TLS.
    package let tls: TLSCredentials?
    /// Whom it is for.
    package let purpose: Purpose

    package init(_ address: BindAddress, tls: TLSCredentials? = nil, purpose: Purpose = .clients) {
        self.address = address
        self.tls = tls
        self.purpose = purpose
    }
}
