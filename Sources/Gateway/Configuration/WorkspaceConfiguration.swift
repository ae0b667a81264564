package import Upstream

/// One workspace of the upstream, as it is configured.
package struct WorkspaceConfiguration: Sendable {
    /// The name by which callers choose it.
    package let slug: String
    /// What the paths of calls are appended to.
    package let baseURL: String
    /// What is known from the start of each key's limit.
    package var allowance: Allowance
    /// The credential for callers that bring none; nil: none, or that of the file.
    package var credential: Credential?
    /// The file that has that credential; nil: there is none.
    package var keyFile: KeyFile?
    /// How calls connect; nil: as the transport does.
    package var connection: UpstreamConnection?
    /// The longest that one call may take; nil: as for all workspaces.
    package var timeout: Duration?

    package init(
        slug: String,
        baseURL: String,
        allowance: Allowance = .unlimited,
        credential: Credential? = nil,
        keyFile: KeyFile? = nil
    ) {
        self.slug = slug
        self.baseURL = baseURL
        self.allowance = allowance
        self.credential = credential
        self.keyFile = keyFile
    }

    /// Whether what is known of another workspace's budgets and health holds for this one.
    func isSameUpstream(as other: WorkspaceConfiguration) -> Bool {
        slug == other.slug && baseURL == other.baseURL && allowance == other.allowance
            && connection == other.connection && timeout == other.timeout
    }
}
