package import JSON

/// A tool that a model may call.
///
/// https://modelcontextprotocol.io/specification/2025-11-25/server/tools
package struct MCPTool: Sendable, Hashable {
    /// The name: at most 128 letters, digits, underscores, hyphens and dots.
    package var name: String
    /// The display name; nil: it is derived from the name.
    package var title: String?
    package var description: String?
    /// The JSON Schema of the arguments: an object.
    package var inputSchema: JSONObject
    /// The JSON Schema of the result; nil: it is unknown.
    package var outputSchema: JSONObject?
    /// The effect of a call.
    package var effect: Effect

    /// The effect of a call.
    package enum Effect: Sendable, Hashable {
        /// The call changes nothing.
        case reads
        /// The call only adds data.
        case adds
        /// The call changes or deletes data; an equal call afterwards changes nothing more.
        case replaces
        /// The effect is unknown.
        case any
    }

    package init(
        name: String,
        title: String? = nil,
        description: String? = nil,
        inputSchema: JSONObject,
        outputSchema: JSONObject? = nil,
        effect: Effect
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.inputSchema = inputSchema
        self.outputSchema = outputSchema
        self.effect = effect
    }

    /// Whether the protocol allows a name.
    package static func isName(_ name: String) -> Bool {
        1...128 ~= name.utf8.count
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    /// Whether results are wrapped in the member `result` of an object, as structured content must be an object.
    var wrapsResult: Bool { outputSchema?["type"]?.stringValue != "object" }

    /// The tool as JSON, for `tools/list`, under a name.
    func json(name: String) -> JSONValue {
        var tool: JSONObject = ["name": .string(name), "title": .string(title ?? Self.title(of: self.name))]
        if let description { tool["description"] = .string(description) }
        tool["inputSchema"] = .object(inputSchema)
        if let outputSchema { tool["outputSchema"] = .object(wrapsResult ? Self.wrapping(outputSchema) : outputSchema) }
        tool["annotations"] = .object(annotations)
        return .object(tool)
    }

    /// The annotations of a tool, from which hosts decide whether to ask their user.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/schema#toolannotations
    private var annotations: JSONObject {
        var annotations: JSONObject = ["readOnlyHint": .bool(effect == .reads)]
        switch effect {
        case .reads: break
        case .adds: annotations["destructiveHint"] = false
        case .replaces:
            annotations["destructiveHint"] = true
            annotations["idempotentHint"] = true
        case .any: annotations["destructiveHint"] = true
        }
        // The upstream is outside of the gateway, but it is one closed system.
        annotations["openWorldHint"] = false
        return annotations
    }

    /// A display name: `issues.list` becomes `Issues list`.
    private static func title(of name: String) -> String {
        let words = name.split { $0 == "." || $0 == "_" || $0 == "-" }.joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// The schema of the object that wraps a value.
    private static func wrapping(_ schema: JSONObject) -> JSONObject {
        ["type": "object", "properties": ["result": .object(schema)], "required": ["result"]]
    }
}
