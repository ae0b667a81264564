package import JSON

/// Something that a model may call.
///
/// https://modelcontextprotocol.io/specification/2025-11-25/server/tools
package struct MCPTool: Sendable, Hashable {
    /// At most 128 letters, digits, underscores, hyphens and dots.
    package var name: String
    package var description: String?
    /// The JSON Schema of the arguments: an object.
    package var inputSchema: JSONObject
    /// The JSON Schema of the result, if it is known.
    package var outputSchema: JSONObject?
    /// Whether it changes nothing.
    package var isReadOnly: Bool
    /// Whether what it changes may be lost; means nothing if it changes nothing.
    package var isDestructive: Bool

    package init(
        name: String,
        description: String? = nil,
        inputSchema: JSONObject,
        outputSchema: JSONObject? = nil,
        isReadOnly: Bool,
        isDestructive: Bool = false
    ) {
        self.name = name
        self.description = description
        self.inputSchema = inputSchema
        self.outputSchema = outputSchema
        self.isReadOnly = isReadOnly
        self.isDestructive = isDestructive
    }

    /// Whether a name is one that the protocol allows.
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

    /// Whether results stand in a member `result` of an object, as structured content must be an object.
    var wrapsResult: Bool { outputSchema?["type"]?.stringValue != "object" }

    /// How the tool is told to clients.
    var json: JSONValue {
        var tool: JSONObject = ["name": .string(name)]
        if let description { tool["description"] = .string(description) }
        tool["inputSchema"] = .object(inputSchema)
        if let outputSchema { tool["outputSchema"] = .object(wrapsResult ? Self.wrapping(outputSchema) : outputSchema) }
        var annotations: JSONObject = ["readOnlyHint": .bool(isReadOnly)]
        if !isReadOnly { annotations["destructiveHint"] = .bool(isDestructive) }
        // What is called lies outside of the gateway, but it is one closed system.
        annotations["openWorldHint"] = .bool(false)
        tool["annotations"] = .object(annotations)
        return .object(tool)
    }

    /// The schema of an object that holds a value; definitions stay at the root, where references look for them.
    private static func wrapping(_ schema: JSONObject) -> JSONObject {
        var inner = schema
        let definitions = inner.removeValue(forKey: "$defs")
        var outer: JSONObject = [
            "type": "object", "properties": ["result": .object(inner)], "required": ["result"],
        ]
        if let definitions { outer["$defs"] = definitions }
        return outer
    }
}
