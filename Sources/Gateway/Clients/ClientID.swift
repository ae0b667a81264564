package import Upstream

/// Identifies a client for its limits: by each key that it uses, and by its address if it uses no key that the upstream has accepted.
package enum ClientID: Sendable, Hashable {
    /// A key that the caller sends.
    case key(Credential)
    /// A client of the gateway, by its name.
    case client(String)
    /// The configured key of a workspace, by the workspace's index: all callers that use it are one client.
    case configuredKey(Int)
    /// The peer's address; nil: it is unknown.
    case address(String?)
}
