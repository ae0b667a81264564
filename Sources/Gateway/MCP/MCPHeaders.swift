/// The header fields of MCP; some of them repeat parts of the message.
package struct MCPHeaders: Sendable, Hashable {
    /// The value of `MCP-Protocol-Version`.
    package var protocolVersion: String?
    /// The value of `Mcp-Method`.
    package var method: String?
    /// The value of `Mcp-Name`.
    package var name: String?
    /// The value of `Mcp-Session-Id`.
    package var sessionID: String?

    /// The session id, if this process has made it for the caller; nil: there is none, or it is not valid.
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
