package import Upstream

/// One workspace of the upstream, as it is configured.
package struct WorkspaceConfiguration: Sendable {
    /// The slug by which callers choose it.
    package let slug: String
    /// The URL to which the paths of calls are appended.
    package let baseURL: String
    /// The known part of each key's rate limit, before the upstream states more.
    package var allowance: Allowance
    /// The credential for callers without one of their own; nil: none, or that of the file.
    package var credential: Credential?
    /// The file with that credential; nil: there is none.
    package var keyFile: KeyFile?
    /// The connection settings of calls; nil: those of the transport.
    package var connection: UpstreamConnection?
    /// The timeout of one call; nil: that of the service.
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

    /// Whether budgets and health of another configuration of the workspace are valid for this one.
    func isSameUpstream(as other: WorkspaceConfiguration) -> Bool {
        slug == other.slug && baseURL == other.baseURL && allowance == other.allowance
            && connection == other.connection && timeout == other.timeout
    }
}
