internal import JSON

/// The tools by the names that clients use.
///
/// Many hosts reject names with dots, and some reject names of more than 64 characters; calls may use a tool's own name too.
struct MCPToolTable: Sendable {
    private var tools: [ExactString: MCPTool] = [:]
    /// The tools with their entries in `tools/list`.
    private let listed: [(tool: MCPTool, json: JSONValue)]
    /// The result of `tools/list` for callers that may call all tools.
    let json: JSONValue

    private static let maximumNameLength = 64

    /// Makes a table of tools whose names the protocol allows; others are left out.
    init(_ all: [MCPTool]) {
        let named = all.filter { MCPTool.isName($0.name) }
        for tool in named where tools[ExactString(tool.name)] == nil { tools[ExactString(tool.name)] = tool }
        var listed: [(tool: MCPTool, json: JSONValue)] = []
        var used: Set<String> = []
        for tool in named {
            let name = Self.portableName(of: tool.name, unlike: &used)
            tools[ExactString(name)] = tool
            listed.append((tool, tool.json(name: name)))
        }
        self.listed = listed
        json = .array(listed.map(\.json))
    }

    /// The result of `tools/list` for callers that may call some of the tools.
    func json(where isListed: (MCPTool) -> Bool) -> JSONValue {
        .array(listed.filter { isListed($0.tool) }.map(\.json))
    }

    /// The tool with a name; nil: there is none.
    subscript(name: String) -> MCPTool? { tools[ExactString(name)] }

    /// The name that hosts accept; another tool may have the same.
    static func portableName(of name: String) -> String {
        String(name.prefix(maximumNameLength).map { $0 == "." ? "_" : $0 })
    }

    /// A name of letters, digits, underscores and hyphens that no other tool has.
    private static func portableName(of name: String, unlike used: inout Set<String>) -> String {
        let base = portableName(of: name)
        var candidate = base
        var number = 2
        while !used.insert(candidate).inserted {
            let suffix = "_\(number)"
            candidate = base.prefix(maximumNameLength - suffix.count) + suffix
            number += 1
        }
        return candidate
    }
}
