package import Upstream

/// What the requests of a client are counted by: each key that they spend, and the address of whoever spends none that is known.
package enum ClientID: Sendable, Hashable {
    /// A key that the caller brings.
    case key(Credential)
    /// The configured key of a workspace, by the workspace's position: all who spend it are one client.
    case configuredKey(Int)
    /// The peer's address; nil where it is not known.
    case address(String?)
}
