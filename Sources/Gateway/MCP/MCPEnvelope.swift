internal import JSON
internal import JSONRPC

/// The revision that a request is made in, as its header fields and its `_meta` state it.
///
/// https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http
enum MCPEnvelope {
    private static let versionKey = "io.modelcontextprotocol/protocolVersion"
    private static let capabilitiesKey = "io.modelcontextprotocol/clientCapabilities"
    /// The parameter that the header field repeats, by method.
    private static let nameMembers = ["tools/call": "name", "resources/read": "uri"]
    /// Header fields and body do not agree.
    private static let headerMismatch = RPCError.Code(rawValue: -32020)
    private static let unsupportedVersion = RPCError.Code(rawValue: -32022)

    /// Finds the revision of a request.
    ///
    /// A request that says nothing of it belongs to a client that has shaken hands, or is about to: of the revisions without
    /// the header field, the last.
    ///
    /// - Throws: the error for a request that contradicts itself or is of no revision that is spoken.
    static func revision(of request: RPCCall, headers: MCPHeaders) throws(RPCError) -> MCPRevision {
        let meta = request.members["_meta"]?.objectValue
        let named = headers.protocolVersion.flatMap { MCPRevision(rawValue: $0) }
        if meta?[versionKey] != nil || named?.isStateless == true || request.method == "server/discover" {
            return try statelessRevision(of: request, meta: meta ?? JSONObject(), headers: headers)
        }
        // The handshake itself settles the revision, whatever the header says.
        guard request.method != "initialize" else { return .latestOfHandshake }
        guard let version = headers.protocolVersion else { return .assumed }
        guard let named else { throw unsupported(version) }
        return named
    }

    /// The error for a revision that is not spoken.
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
        let message = "The header \(field) is missing, or is not what the body says."
        throw RPCError(headerMismatch, message)
    }
}

extension RPCCall {
    /// The parameters; MCP gives them by name.
    var members: JSONObject {
        if case .byName(let members) = params { members } else { JSONObject() }
    }
}
