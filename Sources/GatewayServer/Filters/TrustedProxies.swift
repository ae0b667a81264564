/// Which proxies are believed when they say whom a request comes from.
package struct TrustedProxies: Sendable {
    private let networks: [IPNetwork]
    private let trustsUnixSockets: Bool

    /// Makes a list.
    ///
    /// - Parameters:
    ///   - networks: the addresses of the proxies.
    ///   - trustsUnixSockets: whether who connects through a Unix socket is a proxy.
    package init(networks: [IPNetwork], trustsUnixSockets: Bool = false) {
        self.networks = networks
        self.trustsUnixSockets = trustsUnixSockets
    }

    /// Whether an address is a proxy's; nil is that of a Unix socket.
    func contain(_ address: String?) -> Bool {
        guard let address else { return trustsUnixSockets }
        return networks.contains { $0.contains(address) }
    }
}
