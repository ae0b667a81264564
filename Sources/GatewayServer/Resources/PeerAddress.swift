internal import NIOCore

/// Identifies a client's connections: an IPv4 address, or the /64 network of an IPv6 address.
///
/// A customer usually has a whole /64 network, so that a single IPv6 address identifies no client:
/// https://www.rfc-editor.org/rfc/rfc6177
struct PeerAddress: Hashable, Sendable {
    private let network: String

    /// Extracts the network of an address; nil for a Unix socket.
    init?(_ address: SocketAddress) {
        guard let text = address.ipAddress else { return nil }
        if text.contains(".") {
            // The text may have the prefix of an IPv4 address in IPv6 notation.
            network = String(text.split(separator: ":").last ?? text[...])
        } else {
            network = Self.groups(of: text).prefix(4).joined(separator: ":")
        }
    }

    /// The eight groups of hexadecimal digits of an IPv6 address.
    private static func groups(of text: String) -> [Substring] {
        guard let gap = text.firstRange(of: "::") else { return text.split(separator: ":") }
        let first = text[..<gap.lowerBound].split(separator: ":")
        let last = text[gap.upperBound...].split(separator: ":")
        return first + Array(repeating: "0", count: max(0, 8 - first.count - last.count)) + last
    }
}
