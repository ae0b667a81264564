/// Whom connections to an upstream trust, what they prove themselves with, and what they go through.
///
/// Each request refers to one. An exchange never uses a connection that was opened with other settings.
package final class UpstreamConnection: Sendable {
    /// Certificates in PEM form to trust in place of the system's; nil: the system's.
    package let authorities: [UInt8]?
    /// What the gateway proves itself with; nil: nothing.
    package let certificate: ClientCertificate?
    /// What connections go through.
    package let proxy: Proxy

    /// A client's certificate and its private key, both in PEM form.
    package struct ClientCertificate: Sendable, Hashable {
        let certificate: [UInt8]
        let key: [UInt8]

        package init(certificate: [UInt8], key: [UInt8]) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// What connections go through.
    package enum Proxy: Sendable, Hashable {
        /// Nothing, whatever the environment says.
        case none
        /// The proxy with this URL.
        case url(String)
        /// What the process's environment says, as libcurl reads it: https://everything.curl.dev/usingcurl/proxies/env.html
        case environment
    }

    /// Makes a connection.
    ///
    /// The contents of files, not their paths, so that a file that is being replaced changes nothing, and a connection that was
    /// opened with its former content is not mistaken for one with the present content.
    package init(authorities: [UInt8]? = nil, certificate: ClientCertificate? = nil, proxy: Proxy = .none) {
        self.authorities = authorities
        self.certificate = certificate
        self.proxy = proxy
    }

    /// Trusts whom the system trusts, and goes through nothing.
    package static let direct = UpstreamConnection()

    /// Whether there may be a proxy in between.
    var mayUseProxy: Bool { proxy != .none }
}

extension UpstreamConnection: Equatable {
    package static func == (first: UpstreamConnection, second: UpstreamConnection) -> Bool {
        first === second
            || (first.authorities == second.authorities && first.certificate == second.certificate
                && first.proxy == second.proxy)
    }
}
