/// A key that the sandbox knows: whose workspace it opens, and with what rights.
struct Credential: Hashable, Sendable {
    /// The whole key, by which calls and budgets are counted.
    let key: String

    /// The workspace's place in the sandbox.
    let workspace: Int

    /// The data that the key may see.
    let viewer: Viewer
}
