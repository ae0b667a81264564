/// What one call has shown of a workspace, in words that an operator can act on.
package struct ProbeResult: Sendable, Hashable {
    /// Whether the gateway can serve with it.
    package let works: Bool
    /// A sentence without the workspace's name; never shows a key.
    package let message: String

    package init(works: Bool, message: String) {
        self.works = works
        self.message = message
    }
}
