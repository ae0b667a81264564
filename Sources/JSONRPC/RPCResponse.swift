internal import JSON

/// Writes responses.
///
/// https://www.jsonrpc.org/specification#response_object
package enum RPCResponse {
    /// The response of a call that succeeded, around the result's JSON text.
    package static func result(_ text: ArraySlice<UInt8>, id: [UInt8]) -> [UInt8] {
        var output = OutputBuffer(minimumCapacity: text.count + id.count + 40)
        output.append(contentsOf: Array("{\"jsonrpc\":\"2.0\",\"result\":".utf8))
        output.append(contentsOf: text)
        return finish(output, id)
    }

    /// The response of a call that failed.
    package static func error(_ error: RPCError, id: [UInt8] = RPCRequest.nullID) -> [UInt8] {
        var object: JSONObject = ["code": .integer(error.code), "message": .string(error.message)]
        if let data = error.data { object["data"] = data }
        var output = OutputBuffer(minimumCapacity: 256)
        output.append(contentsOf: Array("{\"jsonrpc\":\"2.0\",\"error\":".utf8))
        JSONValue.object(object).write(into: &output)
        return finish(output, id)
    }

    /// The responses of a batch; nil if there are none, as all requests were notifications.
    package static func batch(_ responses: [[UInt8]]) -> [UInt8]? {
        guard !responses.isEmpty else { return nil }
        return [UInt8(ascii: "[")] + responses.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
    }

    private static func finish(_ begun: consuming OutputBuffer, _ id: [UInt8]) -> [UInt8] {
        begun.append(contentsOf: Array(",\"id\":".utf8))
        begun.append(contentsOf: id)
        begun.append(UInt8(ascii: "}"))
        return begun.array()
    }
}
