/// A group of callers, chosen by the protocol of their requests; each group has a lane of its own.
package enum CallerGroup: String, Sendable, CaseIterable {
    /// GraphQL: people, through the pages and programs that they use.
    case people
    /// JSON-RPC: scripts.
    case scripts
    /// The Model Context Protocol: assistants.
    case agents
}
