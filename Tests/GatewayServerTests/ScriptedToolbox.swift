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
            isReadOnly: true
        ),
        MCPTool(
            name: "thing.count",
            inputSchema: ["type": "object"],
            outputSchema: ["type": "integer"],
            isReadOnly: true
        ),
        MCPTool(name: "thing.delete", inputSchema: objectSchema, isReadOnly: false, isDestructive: true),
        MCPTool(name: "not/allowed", inputSchema: ["type": "object"], isReadOnly: true),
    ]

    func call(_ name: String, arguments: JSONObject, caller: Caller) async -> Result<[UInt8], RPCError> {
        switch name {
        case "thing.get": .success(JSONValue.object(arguments).serialized())
        case "thing.count": .success(Array((caller.credential == nil ? "0" : "1").utf8))
        default: .failure(RPCError(code: -32000, message: "There is no such thing.", data: ["code": "NOT_FOUND"]))
        }
    }
}
