private import CLibcrypto

/// The SHA-256 hash of a token, compared in a time that does not depend on where two hashes differ.
struct TokenHash: Sendable {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Hashes a token; nil if the crypto library has no SHA-256.
    init?(ofToken token: String) {
        var token = token
        var digest = [UInt8](repeating: 0, count: 32)
        var count: UInt32 = 0
        let status = token.withUTF8 { bytes in
            // SAFETY: both buffers live during the call, and the digest's has room for all that EVP_sha256 writes.
            unsafe EVP_Digest(bytes.baseAddress, bytes.count, &digest, &count, EVP_sha256(), nil)
        }
        guard status == 1, count == 32 else { return nil }
        bytes = digest
    }

    /// Whether both hashes are the same.
    func isEqual(to other: TokenHash) -> Bool {
        guard bytes.count == other.bytes.count else { return false }
        // SAFETY: both arrays have that many bytes, which are read during the call.
        return unsafe CRYPTO_memcmp(bytes, other.bytes, bytes.count) == 0
    }
}
