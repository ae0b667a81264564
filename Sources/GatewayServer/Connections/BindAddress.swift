/// Where a socket listens: on an address or at a path.
package enum BindAddress: Sendable, Hashable, CustomStringConvertible {
    case address(ListenAddress)
    case path(String)

    /// Reads `127.0.0.1:8080`, `[::1]:8080`, `:8080` or `unix:/run/gateway.sock`; nil if it is none of these.
    package init?(_ text: String) {
        if text.hasPrefix(Self.pathPrefix) {
            let path = String(text.dropFirst(Self.pathPrefix.count))
            guard !path.isEmpty, path.utf8.count <= Self.maximumPathBytes else { return nil }
            self = .path(path)
        } else if let address = ListenAddress(text) {
            self = .address(address)
        } else {
            return nil
        }
    }

    /// What stands before a path.
    private static let pathPrefix = "unix:"
    /// The system's limit on the paths of Unix sockets.
    package static let maximumPathBytes = 107

    /// The host and port; nil for a path.
    package var hostAndPort: ListenAddress? {
        if case .address(let address) = self { address } else { nil }
    }

    /// Whether nobody on another machine can connect: it is a loopback address or a path.
    package var isLocal: Bool {
        guard case .address(let address) = self else { return true }
        return address.host == "localhost" || address.host == "::1"
            || address.host.hasPrefix("127.")
    }

    package var description: String {
        switch self {
        case .address(let address): address.description
        case .path(let path): path
        }
    }
}
