internal import NIOCore

/// Identifies the connections of one client: an IPv4 address, or the network of an IPv6 address.
///
/// A customer usually has a whole network of 64 bits, so that a single IPv6 address identifies nobody:
/// https://www.rfc-editor.org/rfc/rfc6177
struct PeerAddress: Hashable, Sendable {
    private let network: String

    /// Takes the part that counts; nil for a Unix socket.
    init?(_ address: SocketAddress) {
        guard let text = address.ipAddress else { return nil }
        if text.contains(".") {
            // As it stands, or behind the prefix of an IPv4 address that is written as one of IPv6.
            network = String(text.split(separator: ":").last ?? text[...])
        } else {
            network = Self.groups(of: text).prefix(4).joined(separator: ":")
        }
    }

    /// The eight groups of an IPv6 address.
    private static func groups(of text: String) -> [Substring] {
        guard let gap = text.firstRange(of: "::") else { return text.split(separator: ":") }
        let first = text[..<gap.lowerBound].split(separator: ":")
        let last = text[gap.upperBound...].split(separator: ":")
        return first + Array(repeating: "0", count: max(0, 8 - first.count - last.count)) + last
    }
}
