package import Upstream

/// Has the files of keys read again when the upstream refuses one of their keys.
package struct KeyFileRefresher: GatewayObserver {
    private let files: [KeyFile]

    package init(_ files: [KeyFile]) {
        self.files = files
    }

    package func credentialRefused(_ record: CredentialRefusal) {
        for file in files { file.noteRefusal(of: record.credential) }
    }

    /// Reads all files now.
    package func reload() -> ConfigurationRecord {
        let outcomes = files.map { $0.reload() }
        return .reloaded(
            files: files.count,
            replaced: outcomes.count { $0 == .replaced },
            unusable: outcomes.count { $0 != .replaced && $0 != .unchanged }
        )
    }
}
