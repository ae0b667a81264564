/// A key that the sandbox accepts, with its workspace and rights.
struct Credential: Hashable, Sendable {
    /// The whole key, by which calls and budgets are counted.
    let key: String

    /// The 0-based index of the workspace in the sandbox.
    let workspace: Int

    /// The data that the key may see.
    let viewer: Viewer
}
