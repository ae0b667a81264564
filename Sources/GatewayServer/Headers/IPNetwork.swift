private import Glibc

/// An IP network, such as `10.0.0.0/8`, or a single address.
package struct IPNetwork: Sendable, Hashable {
    private let bytes: [UInt8]
    private let bits: Int

    /// Parses `10.0.0.0/8`, `2001:db8::/32`, `127.0.0.1` or `::1`; nil if it is none of these.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let bytes = Self.bytes(of: first) else { return nil }
        let isVersion4 = !first.contains(":")
        var bits = bytes.count * 8
        if parts.count == 2 {
            guard let length = Int(parts[1]), 0...(isVersion4 ? 32 : 128) ~= length else { return nil }
            bits = isVersion4 ? Self.mappedBits + length : length
        }
        self.bytes = bytes
        self.bits = bits
    }

    /// Whether an address is in the network.
    func contains(_ address: some StringProtocol) -> Bool {
        guard let other = Self.bytes(of: address) else { return false }
        let whole = bits / 8
        guard bytes[..<whole] == other[..<whole] else { return false }
        let rest = bits % 8
        return rest == 0 || (bytes[whole] ^ other[whole]) >> (8 - rest) == 0
    }

    /// The number of bits before an IPv4 address in its IPv6 form.
    private static let mappedBits = 96

    /// Whether a text is an IP address.
    static func isAddress(_ text: some StringProtocol) -> Bool { bytes(of: text) != nil }

    /// The 16 bytes of an address; an IPv4 address is mapped to IPv6.
    private static func bytes(of text: some StringProtocol) -> [UInt8]? {
        let isVersion6 = text.contains(":")
        var bytes = [UInt8](repeating: 0, count: isVersion6 ? 16 : 4)
        // SAFETY: the call writes 16 bytes at most, or 4, and reads the text while it runs.
        guard unsafe inet_pton(isVersion6 ? AF_INET6 : AF_INET, String(text), &bytes) == 1 else { return nil }
        return isVersion6 ? bytes : mappedPrefix + bytes
    }

    /// The bytes before an IPv4 address in its IPv6 form.
    private static let mappedPrefix = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
}
