/// The proxies whose statements about clients are trusted.
package struct TrustedProxies: Sendable {
    private let networks: [IPNetwork]
    private let trustsUnixSockets: Bool

    /// Makes a list.
    ///
    /// - Parameters:
    ///   - networks: the addresses of the proxies.
    ///   - trustsUnixSockets: whether peers on Unix sockets are trusted proxies.
    package init(networks: [IPNetwork], trustsUnixSockets: Bool = false) {
        self.networks = networks
        self.trustsUnixSockets = trustsUnixSockets
    }

    /// Whether an address is that of a trusted proxy; nil stands for a Unix socket.
    func contain(_ address: String?) -> Bool {
        guard let address else { return trustsUnixSockets }
        return networks.contains { $0.contains(address) }
    }
}
