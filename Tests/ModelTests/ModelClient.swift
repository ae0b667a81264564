/// Somebody who asks, with a key for each workspace that may be used.
struct ModelClient: Sendable, Hashable {
    /// The keys by workspace, in the order in which the gateway knows the workspaces.
    let keys: [Entry]

    /// A key for a workspace.
    struct Entry: Sendable, Hashable {
        let slug: String
        let key: String
    }

    /// The workspaces that may be used.
    var slugs: [String] { keys.map(\.slug) }

    /// The key for a workspace.
    func key(_ slug: String) -> String? { keys.first { $0.slug == slug }?.key }

    /// The headers that carry the keys.
    var headers: [(name: String, value: String)] {
        [
            ("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream"),
            ("Authorization", "Bearer \(keys[0].key)"),
        ]
            + keys.dropFirst().map { ("Workspace-Key", "\($0.slug) \($0.key)") }
    }
}
