private import CLibcrypto

/// The signature of a webhook: the HMAC-SHA256 of its body.
///
/// https://www.rfc-editor.org/rfc/rfc2104
enum WebhookSignature {
    /// The signature in lower-case hexadecimal digits.
    static func hexadecimal(of body: [UInt8], key: [UInt8]) -> String {
        var code = [UInt8](repeating: 0, count: 32)
        var count: UInt32 = 0
        // SAFETY: all buffers live during the call, and that of the code has room for all that EVP_sha256 writes.
        _ = unsafe HMAC(EVP_sha256(), key, Int32(key.count), body, body.count, &code, &count)
        return code.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
    }
}
