package import JSON

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
}
