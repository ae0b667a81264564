/// The header fields that repeat parts of the message in the body.
package struct MCPHeaders: Sendable, Hashable {
    /// `MCP-Protocol-Version`.
    package var protocolVersion: String?
    /// `Mcp-Method`.
    package var method: String?
    /// `Mcp-Name`.
    package var name: String?
    /// `Mcp-Session-Id`.
    package var sessionID: String?

    /// The session, if it is one that this process has begun for the caller: whatever else a client sends is no session of its own.
    func knownSessionID(of caller: Caller) -> String? {
        sessionID.flatMap { MCPSessionID.isValid($0, for: MCPSessionOwner(caller)) ? $0 : nil }
    }

    package init(
        protocolVersion: String? = nil,
        method: String? = nil,
        name: String? = nil,
        sessionID: String? = nil
    ) {
        self.sessionID = sessionID
        self.protocolVersion = protocolVersion
        self.method = method
        self.name = name
    }
}
