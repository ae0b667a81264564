/// The result of a test call to a workspace, in words that help an operator.
package struct ProbeResult: Sendable, Hashable {
    /// Whether the gateway can serve requests with the workspace.
    package let works: Bool
    /// A sentence without the workspace's name; it never has a key.
    package let message: String

    package init(works: Bool, message: String) {
        self.works = works
        self.message = message
    }
}
