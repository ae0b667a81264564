/// Who calls by which protocol: each group has a lane of its own.
package enum CallerGroup: String, Sendable, CaseIterable {
    /// GraphQL: people, by the pages and programs that they use.
    case people
    /// JSON-RPC: scripts.
    case scripts
    /// The Model Context Protocol: assistants.
    case agents
}
