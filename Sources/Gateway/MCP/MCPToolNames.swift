package import GraphQL
internal import JSONRPC

/// The names of tools that MCP hosts accept.
package enum MCPToolNames {
    /// The name that hosts accept for a tool.
    package static func portable(_ name: String) -> String { MCPToolTable.portableName(of: name) }

    /// The names that are in use, with descriptions of what has them: the schema's methods and the gateway's own tools.
    package static func taken(_ executable: ExecutableSchema) -> [String: String] {
        let methods = MethodTable(executable, isDescribed: false) { _ in false }.methods.map {
            (portable($0.name), "the method \"\($0.name)\"")
        }
        let own = OwnTool.allCases.map { (portable($0.rawValue), "a tool of the gateway's own") }
        return Dictionary(methods + own) { first, _ in first }
    }
}
