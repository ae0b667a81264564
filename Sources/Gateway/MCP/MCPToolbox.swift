package import JSON
package import JSONRPC

/// The tools that a model may call, and what calls them.
package protocol MCPToolbox: Sendable {
    /// All tools, in the order in which they are listed.
    var tools: [MCPTool] { get }

    /// Calls a tool.
    ///
    /// - Parameters:
    ///   - name: one of the tools' names.
    ///   - arguments: its arguments by name, not checked yet.
    ///   - caller: in whose name.
    /// - Returns: the JSON text of the result, or why there is none.
    func call(_ name: String, arguments: JSONObject, caller: Caller) async -> RPCOutcome

    /// Begins to call a tool, whose outcome may be here at once, and may be used again for equal calls.
    func begin(_ name: String, arguments: JSONObject, caller: Caller) -> Reply<RPCCallResult>

    /// Counts a request that calls nothing against its client's minute.
    ///
    /// - Throws: that the client has used up its requests.
    func admit(_ caller: Caller) throws(RPCError)

    /// Whether a caller may call a tool at all.
    func mayCall(_ tool: MCPTool, _ caller: Caller) -> Bool

    /// Whether a caller may read resources at all.
    func mayReadResources(_ caller: Caller) -> Bool

    /// The resources, by templates of their URIs.
    var resourceTemplates: [MCPResourceTemplate] { get }

    /// Reads a resource; nil: the URI is that of none.
    func read(_ uri: String, caller: Caller) -> Reply<RPCCallResult>?

    /// Follows a resource: it has a result now, and another one whenever it has changed; nil: the URI is that of none.
    func follow(_ uri: String, caller: Caller) throws(RPCError) -> ResultStream?
}

extension MCPToolbox {
    package func admit(_ caller: Caller) throws(RPCError) {}

    package func mayCall(_ tool: MCPTool, _ caller: Caller) -> Bool { true }

    package func mayReadResources(_ caller: Caller) -> Bool { true }

    package var resourceTemplates: [MCPResourceTemplate] { [] }

    package func read(_ uri: String, caller: Caller) -> Reply<RPCCallResult>? { nil }

    package func follow(_ uri: String, caller: Caller) throws(RPCError) -> ResultStream? { nil }

    /// Begins to call a tool whose outcome is not used again.
    package func begin(_ name: String, arguments: JSONObject, caller: Caller) -> Reply<RPCCallResult> {
        .later { RPCCallResult(await call(name, arguments: arguments, caller: caller)) }
    }
}
