package import Upstream

/// The configured credential of each workspace, for callers without one of their own: fixed, or read from a file.
package struct ConfiguredCredentials: Sendable {
    private let fixed: [Credential?]
    private let files: [Int: KeyFile]

    /// Makes credentials.
    ///
    /// - Parameters:
    ///   - fixed: the credential of each workspace, in the order of the workspaces; nil: none, or a file's.
    ///   - files: the files with a credential, by the indices of their workspaces.
    package init(_ fixed: [Credential?] = [], files: [Int: KeyFile] = [:]) {
        self.fixed = fixed
        self.files = files
    }

    /// Whether no workspace has one.
    var isEmpty: Bool { files.isEmpty && !fixed.contains { $0 != nil } }

    /// Whether there is one for the workspace of an index.
    func contains(_ workspace: Int) -> Bool {
        files[workspace] != nil || fixed.indices.contains(workspace) && fixed[workspace] != nil
    }

    /// The credential of the workspace of an index; nil: there is none.
    package subscript(workspace: Int) -> Credential? {
        // PERF: most configurations have no files.
        if !files.isEmpty, let file = files[workspace] { return file.credential }
        return fixed.indices.contains(workspace) ? fixed[workspace] : nil
    }

    /// A number that grows whenever the credential of a file is replaced.
    var revision: UInt64 {
        // PERF: most configurations have no files.
        files.isEmpty ? 0 : files.values.reduce(0) { $0 &+ $1.revision }
    }

    /// Notes that the upstream has refused the credential of a call, so that its file is read again.
    package func noteRefusal(of credential: Credential, workspace: Int) {
        files[workspace]?.noteRefusal(of: credential)
    }
}
