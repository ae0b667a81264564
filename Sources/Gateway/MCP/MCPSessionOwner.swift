internal import Upstream

/// Who begins sessions of the Model Context Protocol: a session is nobody else's.
struct MCPSessionOwner: Hashable {
    private let credential: Credential?
    private let client: String?
    /// Where those call from who bring neither.
    private let address: String?

    /// The owner of the sessions that a caller begins.
    init(_ caller: Caller) {
        (credential, client) = (caller.namingCredential, caller.client?.name)
        address = credential == nil && client == nil ? caller.address : nil
    }
}
