private import Synchronization

/// The credentials that an upstream has accepted itself, as far as they are remembered.
///
/// Any text can be sent as a key: only the upstream's own response tells one that is made up from one that is not.
final class AcceptedCredentials: Sendable {
    private let credentials: Mutex<SieveCache<Credential, Bool>>

    /// Makes a memory of so many credentials at most.
    init(capacity: Int) {
        credentials = Mutex(SieveCache(capacity: capacity))
    }

    /// Whether the upstream has accepted a credential, and has not refused it since.
    func contains(_ credential: Credential) -> Bool {
        credentials.withLock { $0.value(for: credential) ?? false }
    }

    /// Learns from the status of a response to a request with a credential.
    func learn(_ credential: Credential, status: Int) {
        switch status {
        case 200..<300, 304:
            credentials.withLock { credentials in
                if credentials.value(for: credential) != nil { return }
                credentials.insert(true, for: credential, cost: 1)
            }
        case 401:
            _ = credentials.withLock { $0.removeValue(for: credential) }
        default:
            // Whatever else fails says nothing of the credential.
            break
        }
    }
}
