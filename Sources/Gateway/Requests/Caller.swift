package import Upstream

/// Who sends a request: the keys that it brings, and what it wants to be told.
package struct Caller: Sendable {
    /// The credential of the header `Authorization`: for the first workspace.
    package var credential: Credential?
    /// Credentials for workspaces by slug, of the headers `Workspace-Key`.
    package var workspaceCredentials: [String: Credential] = [:]
    /// Whether the response tells what calls the request has cost.
    package var wantsReport = false

    /// Makes a caller that brings one credential, or none.
    package init(credential: Credential? = nil) {
        self.credential = credential
    }

    /// What callers are told apart by when they take turns, and when their requests are counted.
    ///
    /// Whoever may spend a key that the configuration holds is counted with all others who may: what else they bring could
    /// be made up.
    func id(for workspaces: [Workspace], configured: [Credential?]) -> CallerID {
        let own = workspaces.map { self.own(for: $0) }
        for (workspace, credential) in zip(workspaces, own) where credential == nil {
            if configured.indices.contains(workspace.index), configured[workspace.index] != nil { return .anonymous }
        }
        return own.contains { $0 != nil } ? CallerID(spending: own) : .anonymous
    }

    /// The credential for each workspace: what the caller brings, else what the configuration holds.
    func credentials(for workspaces: [Workspace], configured: [Credential?]) -> [Credential?] {
        workspaces.map { workspace in
            if let own = own(for: workspace) { return own }
            if configured.indices.contains(workspace.index), let key = configured[workspace.index] { return key }
            // A lone upstream may be open to everybody.
            return workspaces.count == 1 ? Credential(authorization: nil) : nil
        }
    }

    /// The credential for a workspace that the caller brings.
    private func own(for workspace: Workspace) -> Credential? {
        workspaceCredentials[workspace.slug] ?? (workspace.index == 0 ? credential : nil)
    }
}
