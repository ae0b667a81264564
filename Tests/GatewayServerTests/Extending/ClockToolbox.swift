import Gateway
import JSON

/// One tool for models: the present time.
struct ClockToolbox: MCPToolbox {
    let now: @Sendable () -> String

    let tools = [
        MCPTool(name: "now", description: "The present time in UTC.", inputSchema: ["type": "object"], effect: .reads)
    ]

    func call(_ name: String, arguments: JSONObject, caller: Caller) async -> RPCOutcome {
        .result(JSONValue.string(now()).serialized())
    }
}
