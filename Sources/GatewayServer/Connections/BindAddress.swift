/// The address of a socket: a host and port, or the path of a Unix socket.
package enum BindAddress: Sendable, Hashable, CustomStringConvertible {
    case address(ListenAddress)
    case path(String)

    /// Parses `127.0.0.1:8080`, `[::1]:8080`, `:8080` or `unix:/run/gateway.sock`; nil if it is none of these.
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

    /// The prefix of a path.
    private static let pathPrefix = "unix:"
    /// The most bytes of a Unix socket's path, which the system limits.
    package static let maximumPathBytes = 107

    /// The host and port; nil: it is a path.
    package var hostAndPort: ListenAddress? {
        if case .address(let address) = self { address } else { nil }
    }

    /// Whether only this machine can connect: it is a loopback address or a path.
    package var isLocal: Bool {
        hostAndPort?.isLoopback ?? true
    }

    package var description: String {
        switch self {
        case .address(let address): address.description
        case .path(let path): path
        }
    }
}
