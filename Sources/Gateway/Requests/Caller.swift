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

    /// What callers are told apart by when they take turns.
    var id: CallerID {
        let own = credential.map { "\($0.hashValue)" } ?? "anonymous"
        return CallerID(own + workspaceCredentials.values.map { "\($0.hashValue)" }.sorted().joined())
    }

    /// The credential for each workspace: what the caller brings, else what the configuration holds.
    func credentials(for workspaces: [Workspace], configured: [Credential?]) -> [Credential?] {
        workspaces.map { workspace in
            if let named = workspaceCredentials[workspace.slug] { return named }
            if workspace.index == 0, let credential { return credential }
            if configured.indices.contains(workspace.index), let key = configured[workspace.index] { return key }
            // A lone upstream may be open to everybody.
            return workspaces.count == 1 ? Credential(authorization: nil) : nil
        }
    }
}
