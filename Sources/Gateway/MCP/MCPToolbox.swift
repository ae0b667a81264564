package import JSON
package import JSONRPC

/// The tools that a model may call, and their execution.
package protocol MCPToolbox: Sendable {
    /// All tools, in the order in which they are listed.
    var tools: [MCPTool] { get }

    /// Calls a tool.
    ///
    /// - Parameters:
    ///   - name: one of the tools' names.
    ///   - arguments: its arguments by name, not checked yet.
    ///   - caller: the caller in whose name it is called.
    /// - Returns: the JSON text of the result, or an error.
    func call(_ name: String, arguments: JSONObject, caller: Caller) async -> RPCOutcome

    /// Begins to call a tool; the result may be there at once, and may be reused for equal calls.
    func begin(_ name: String, arguments: JSONObject, caller: Caller) -> Reply<RPCCallResult>

    /// Counts a request without a tool call against its client's minute.
    ///
    /// - Throws: the error for a client that has reached its limit.
    func admit(_ caller: Caller) throws(RPCError)

    /// The clients whose sessions a caller's are counted as.
    func holders(of caller: Caller) -> [ClientID]

    /// Whether a caller may ever call a tool.
    func mayCall(_ tool: MCPTool, _ caller: Caller) -> Bool

    /// Whether a caller may ever read resources.
    func mayReadResources(_ caller: Caller) -> Bool

    /// The templates of resource URIs.
    var resourceTemplates: [MCPResourceTemplate] { get }

    /// Reads a resource; nil: the URI is not that of a resource.
    func read(_ uri: String, caller: Caller) -> Reply<RPCCallResult>?

    /// Subscribes to a resource: the stream has a result now and after each change; nil: the URI is not that of a resource.
    func follow(_ uri: String, caller: Caller) throws(RPCError) -> ResultStream?
}

extension MCPToolbox {
    package func admit(_ caller: Caller) throws(RPCError) {}

    package func holders(of caller: Caller) -> [ClientID] {
        [caller.client.map { .client($0.name) } ?? caller.namingCredential.map { .key($0) } ?? .address(caller.address)]
    }

    package func mayCall(_ tool: MCPTool, _ caller: Caller) -> Bool { true }

    package func mayReadResources(_ caller: Caller) -> Bool { true }

    package var resourceTemplates: [MCPResourceTemplate] { [] }

    package func read(_ uri: String, caller: Caller) -> Reply<RPCCallResult>? { nil }

    package func follow(_ uri: String, caller: Caller) throws(RPCError) -> ResultStream? { nil }

    /// Begins to call a tool whose result is not reused.
    package func begin(_ name: String, arguments: JSONObject, caller: Caller) -> Reply<RPCCallResult> {
        .later { RPCCallResult(await call(name, arguments: arguments, caller: caller)) }
    }
}
