private import Synchronization
package import Upstream

/// Reads the key files again when the upstream refuses one of their keys.
package final class KeyFileRefresher: GatewayObserver {
    private let current: Mutex<[KeyFile]>

    package init(_ files: [KeyFile] = []) {
        current = Mutex(files)
    }

    /// The files; a reload of the configuration replaces them.
    package var files: [KeyFile] {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }

    package func credentialRefused(_ record: CredentialRefusal) {
        for file in files { file.noteRefusal(of: record.credential) }
    }

    /// Reads all files now.
    package func reload() -> ConfigurationRecord {
        let files = files
        let outcomes = files.map { $0.reload() }
        return .reloaded(
            files: files.count,
            replaced: outcomes.count { $0 == .replaced },
            unusable: outcomes.count { $0 != .replaced && $0 != .unchanged }
        )
    }
}
