internal import JSON
internal import JSONRPC

/// A request whose revision is known, with the response format of that revision.
struct MCPExchange: Sendable {
    let request: RPCCall
    let id: RPCID
    let revision: MCPRevision

    /// For how long clients may keep what is the same for everybody until the gateway starts anew.
    private static let lifetimeMilliseconds = 300_000

    /// The response with a result's members.
    func reply(_ members: JSONObject, isCacheable: Bool = false) -> MCPResponse {
        var members = members
        if revision.isStateless {
            members["resultType"] = "complete"
            if isCacheable {
                members["ttlMs"] = .integer(Self.lifetimeMilliseconds)
                members["cacheScope"] = "public"
            }
        }
        return .result(JSONValue.object(members).serialized(), id: id)
    }

    /// The response with the outcome of a tool call.
    func reply(_ result: RPCCallResult, wraps: Bool) -> MCPResponse {
        switch result.outcome {
        case .failed(let error):
            return reply(failure: error)
        case .result(let text):
            var response = reply(result: text, wraps: wraps)
            response.reuse = result.reuse
            return response
        }
    }

    /// The response with what a tool has found: for models as text, and for programs as it is.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/server/tools#structured-content
    func reply(result text: [UInt8], wraps: Bool) -> MCPResponse {
        var output = OutputBuffer(minimumCapacity: text.count * 2 + 256)
        begin(&output, text: text)
        output.append("false,\"structuredContent\":")
        if wraps { output.append("{\"result\":") }
        output.append(contentsOf: text)
        if wraps { output.append("}") }
        output.append("}")
        return .result(output.array(), id: id)
    }

    /// The response with why a tool has failed, so that the model can do better.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/server/tools#error-handling
    func reply(failure error: RPCError) -> MCPResponse {
        var object: JSONObject = ["message": .string(error.message)]
        if !error.data.isEmpty { object["data"] = .object(error.data) }
        let text = JSONValue.object(object).serialized()
        var output = OutputBuffer(minimumCapacity: text.count * 2 + 256)
        begin(&output, text: text)
        output.append("true}")
        return .result(output.array(), id: id)
    }

    /// Writes a result up to whether it is an error.
    private func begin(_ output: inout OutputBuffer, text: [UInt8]) {
        output.append("{")
        if revision.isStateless { output.append("\"resultType\":\"complete\",") }
        output.append("\"content\":[{\"type\":\"text\",\"text\":")
        output.appendJSONString(utf8: text.span)
        output.append("}],\"isError\":")
    }
}
