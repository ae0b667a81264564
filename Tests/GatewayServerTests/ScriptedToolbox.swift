import Gateway
import JSON
import JSONRPC

/// Tools made for tests of the protocol: `thing.get` finds an object, `thing.count` a number, `thing.delete` fails.
struct ScriptedToolbox: MCPToolbox {
    static let objectSchema: JSONObject = [
        "type": "object", "properties": ["id": ["type": "string"]], "required": ["id"],
    ]

    let tools = [
        MCPTool(
            name: "thing.get",
            description: "Finds a thing.",
            inputSchema: objectSchema,
            outputSchema: objectSchema,
            effect: .reads
        ),
        MCPTool(
            name: "thing.count",
            inputSchema: ["type": "object"],
            outputSchema: ["type": "integer"],
            effect: .reads
        ),
        MCPTool(name: "thing.delete", inputSchema: objectSchema, effect: .replaces),
        MCPTool(name: "not/allowed", inputSchema: ["type": "object"], effect: .reads),
    ]

    func call(_ name: String, arguments: JSONObject, caller: Caller) async -> RPCOutcome {
        switch name {
        case "thing.get": .result(JSONValue.object(arguments).serialized())
        case "thing.count": .result(Array((caller.credential == nil ? "0" : "1").utf8))
        default: .failed(RPCError(.serverError, "There is no such thing.", dataCode: "NOT_FOUND"))
        }
    }
}
