/// A response that is not cached because it is larger than the cache allows: each request for it makes a call.
package struct OversizedResponse: Sendable, Hashable {
    /// The workspace's slug.
    package let workspace: String
    /// The path without its query.
    package let path: String
    /// The bytes that the response takes up in memory.
    package let bytes: Int
    /// The most bytes that a response may take up.
    package let maximumBytes: Int

    package init(workspace: String, path: String, bytes: Int, maximumBytes: Int) {
        self.workspace = workspace
        self.path = path
        self.bytes = bytes
        self.maximumBytes = maximumBytes
    }
}
