internal import GraphQL

/// One GET of the upstream: what makes two of them the same for one client request.
package struct Call: Sendable, Hashable {
    /// The index of the workspace that is asked.
    package let workspace: Int
    /// The path and query below the base URL.
    package let path: String

    package init(workspace: Int = 0, path: String) {
        self.workspace = workspace
        self.path = path
    }
}
