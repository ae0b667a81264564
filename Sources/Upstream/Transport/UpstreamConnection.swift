/// The TLS and proxy settings of connections to an upstream: trusted certificates, client certificate and proxy.
///
/// Each request refers to one. An exchange never uses a connection that was opened with different settings.
package final class UpstreamConnection: Sendable {
    /// Certificates in PEM form to trust in place of the system's; nil: the system's.
    package let authorities: [UInt8]?
    /// The client certificate with which the gateway authenticates itself; nil: none.
    package let certificate: ClientCertificate?
    /// The proxy through which connections go.
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

    /// The choice of a proxy.
    package enum Proxy: Sendable, Hashable {
        /// None, regardless of the environment.
        case none
        /// The proxy with this URL.
        case url(String)
        /// The proxy of the process's environment, as libcurl reads it: https://everything.curl.dev/usingcurl/proxies/env.html
        case environment
    }

    /// Makes connection settings.
    ///
    /// They have the contents of files, not their paths, so that replacing a file changes nothing, and a connection that was opened
    /// with its former content is not mistaken for one with the present content.
    package init(authorities: [UInt8]? = nil, certificate: ClientCertificate? = nil, proxy: Proxy = .none) {
        self.authorities = authorities
        self.certificate = certificate
        self.proxy = proxy
    }

    /// Settings that trust the system's certificates and use no proxy.
    package static let direct = UpstreamConnection()

    /// Whether connections may go through a proxy.
    var mayUseProxy: Bool { proxy != .none }
}

extension UpstreamConnection: Equatable {
    package static func == (first: UpstreamConnection, second: UpstreamConnection) -> Bool {
        first === second
            || (first.authorities == second.authorities && first.certificate == second.certificate
                && first.proxy == second.proxy)
    }
}
