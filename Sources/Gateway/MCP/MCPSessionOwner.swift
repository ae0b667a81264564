internal import Upstream

/// The owner of MCP sessions: no other caller can use them.
struct MCPSessionOwner: Hashable {
    private let credential: Credential?
    private let client: String?
    /// The address, for callers without a credential and without a client of the gateway.
    private let address: String?

    /// The owner of the sessions that a caller begins.
    init(_ caller: Caller) {
        (credential, client) = (caller.namingCredential, caller.client?.name)
        address = credential == nil && client == nil ? caller.address : nil
    }
}
