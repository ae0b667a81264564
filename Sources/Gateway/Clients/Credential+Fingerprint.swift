private import Synchronization
package import Upstream

extension Credential {
    /// Identifies the credential in logs, where the credential itself must not be: the first 12 hexadecimal digits of its SHA-256
    /// digest; nil if there is no credential, or the crypto library has no SHA-256.
    // PERF: a digest takes longer than a request whose result is cached, and few credentials send most requests.
    package var fingerprint: String? {
        if let known = CredentialFingerprints.made.withLock({ $0[self] }) { return known }
        guard let made = digest({ SHA256Digest(of: $0) }).map({ String($0.hexadecimal.prefix(12)) }) else { return nil }
        CredentialFingerprints.made.withLock { known in
            if known.count >= CredentialFingerprints.maximum { known.removeAll() }
            known[self] = made
        }
        return made
    }
}

/// The fingerprints that were computed lately.
private enum CredentialFingerprints {
    /// The most that are stored, as clients can make up any number of credentials.
    static let maximum = 1000
    static let made = Mutex<[Credential: String]>([:])
}
