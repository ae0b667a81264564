package import Upstream

extension Credential {
    /// Names the credential in logs, where the credential itself must not be: the first 12 hexadecimal digits of its SHA-256
    /// digest; nil if there is none to name, or the library has no SHA-256.
    package var fingerprint: String? {
        digest { SHA256Digest(of: $0) }.map { String($0.hexadecimal.prefix(12)) }
    }
}
