private import CLibcrypto

/// A SHA-256 digest.
///
/// https://csrc.nist.gov/pubs/fips/180-4/upd1/final
struct SHA256Digest: Sendable, Hashable {
    /// The digest in lower-case hexadecimal digits.
    let hexadecimal: String

    /// Digests the bytes of a text; nil if the library has no SHA-256, as some of its configurations.
    init?(of text: String) {
        var text = text
        var digest = [UInt8](repeating: 0, count: 32)
        var count: UInt32 = 0
        let status = text.withUTF8 { bytes in
            // SAFETY: both buffers live during the call, and the digest's has room for all that EVP_sha256 writes.
            unsafe EVP_Digest(bytes.baseAddress, bytes.count, &digest, &count, EVP_sha256(), nil)
        }
        guard status == 1, count == 32 else { return nil }
        hexadecimal = digest.reduce(into: "") { text, byte in
            text.unicodeScalars.append(Self.digit(byte >> 4))
            text.unicodeScalars.append(Self.digit(byte & 15))
        }
    }

    private static func digit(_ value: UInt8) -> Unicode.Scalar {
        Unicode.Scalar(value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10)
    }
}
