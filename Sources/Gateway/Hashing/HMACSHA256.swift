/// Message authentication codes by HMAC with SHA-256.
///
/// https://www.rfc-editor.org/rfc/rfc2104
struct HMACSHA256: Sendable {
    private static let blockSize = 64

    private let inner: [UInt8]
    private let outer: [UInt8]

    /// Makes codes with a key; nil if the crypto library has no SHA-256.
    init?(key: [UInt8]) {
        var key = key
        if key.count > Self.blockSize {
            guard let digest = SHA256Digest.bytes(of: key) else { return nil }
            key = digest
        }
        key += [UInt8](repeating: 0, count: Self.blockSize - key.count)
        inner = key.map { $0 ^ 0x36 }
        outer = key.map { $0 ^ 0x5C }
    }

    /// The code of a message; nil if the crypto library has no SHA-256.
    func code(of message: [UInt8]) -> [UInt8]? {
        SHA256Digest.bytes(of: inner + message).flatMap { SHA256Digest.bytes(of: outer + $0) }
    }

    /// Whether two codes are equal, in a time that does not depend on where they differ.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for (left, right) in zip(left, right) { difference |= left ^ right }
        return difference == 0
    }
}
