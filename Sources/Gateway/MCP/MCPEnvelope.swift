internal import JSON
internal import JSONRPC

/// The protocol revision of a request, as stated by its header fields and its `_meta`.
///
/// https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http
enum MCPEnvelope {
    private static let versionKey = "io.modelcontextprotocol/protocolVersion"
    private static let capabilitiesKey = "io.modelcontextprotocol/clientCapabilities"
    /// The member of the parameters that the header field `Mcp-Name` repeats, by method.
    private static let nameMembers = ["tools/call": "name", "resources/read": "uri"]
    /// The error code for a header field that differs from the body.
    private static let headerMismatch = RPCError.Code(rawValue: -32020)
    private static let unsupportedVersion = RPCError.Code(rawValue: -32022)

    /// Finds the revision of a request.
    ///
    /// A request that states none is of a client with a handshake, now or before: the revision is the last one without the header field.
    ///
    /// - Throws: the error for a request that contradicts itself or whose revision is not supported.
    static func revision(of request: RPCCall, headers: MCPHeaders) throws(RPCError) -> MCPRevision {
        let meta = request.members["_meta"]?.objectValue
        let named = headers.protocolVersion.flatMap { MCPRevision(rawValue: $0) }
        if meta?[versionKey] != nil || named?.isStateless == true || request.method == "server/discover" {
            return try statelessRevision(of: request, meta: meta ?? JSONObject(), headers: headers)
        }
        // The handshake itself decides the revision, whatever the header says.
        guard request.method != "initialize" else { return .latestOfHandshake }
        guard let version = headers.protocolVersion else { return .assumed }
        guard let named else { throw unsupported(version) }
        return named
    }

    /// The error for a revision that is not supported.
    static func unsupported(_ version: String) -> RPCError {
        RPCError(
            unsupportedVersion,
            "Unsupported protocol version",
            data: ["supported": .array(MCPRevision.names.map { .string($0) }), "requested": .string(version)]
        )
    }

    private static func statelessRevision(
        of request: RPCCall,
        meta: JSONObject,
        headers: MCPHeaders
    ) throws(RPCError) -> MCPRevision {
        if case .byPosition = request.params { throw .invalidParams("Parameters are given by name.") }
        guard let version = meta[versionKey]?.stringValue else {
            throw .invalidParams("_meta must hold \(versionKey), a string.")
        }
        guard meta[capabilitiesKey]?.objectValue != nil else {
            throw .invalidParams("_meta must hold \(capabilitiesKey), an object.")
        }
        try compare("MCP-Protocol-Version", headers.protocolVersion, version)
        try compare("Mcp-Method", headers.method, request.method)
        if let member = nameMembers[request.method], let name = request.members[member]?.stringValue {
            try compare("Mcp-Name", headers.name.flatMap { MCPHeaderText.decode($0) }, name)
        }
        guard let revision = MCPRevision(rawValue: version), revision.isStateless else { throw unsupported(version) }
        return revision
    }

    private static func compare(_ field: String, _ value: String?, _ expected: String) throws(RPCError) {
        guard value.map({ ExactString($0) }) != ExactString(expected) else { return }
        let message = "The header \(field) is missing, or does not match the body."
        throw RPCError(headerMismatch, message)
    }
}

extension RPCCall {
    /// The parameters by name; empty if they are by position.
    var members: JSONObject {
        if case .byName(let members) = params { members } else { JSONObject() }
    }
}
