package import Upstream

/// Identifies a client for its limits: by each key that it spends, and by its address if it spends no known key.
package enum ClientID: Sendable, Hashable {
    /// A key that the caller brings.
    case key(Credential)
    /// A client of the gateway, by its name.
    case client(String)
    /// The configured key of a workspace, by the workspace's position: all who spend it are one client.
    case configuredKey(Int)
    /// The peer's address; nil where it is not known.
    case address(String?)
}
