private import BaseEncodings
private import CLibcrypto

/// A SHA-256 digest.
///
/// https://csrc.nist.gov/pubs/fips/180-4/upd1/final
struct SHA256Digest: Sendable, Hashable {
    /// The digest in lower-case hexadecimal digits.
    let hexadecimal: String

    /// Digests the bytes of a text; nil if the crypto library has no SHA-256.
    init?(of text: String) {
        var text = text
        // SAFETY: the buffer lives during the call.
        guard let digest = text.withUTF8({ unsafe Self.bytes(of: $0) }) else { return nil }
        hexadecimal = Hexadecimal.encode(digest)
    }

    /// The bytes of a digest; nil if the crypto library has no SHA-256.
    static func bytes(of content: [UInt8]) -> [UInt8]? {
        // SAFETY: the buffer lives during the call.
        unsafe content.withUnsafeBufferPointer { unsafe bytes(of: $0) }
    }

    private static func bytes(of content: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var digest = [UInt8](repeating: 0, count: 32)
        var count: UInt32 = 0
        // SAFETY: both buffers live during the call, and the digest's has room for all that EVP_sha256 writes.
        let status = unsafe EVP_Digest(content.baseAddress, content.count, &digest, &count, EVP_sha256(), nil)
        return status == 1 && count == 32 ? digest : nil
    }
}
