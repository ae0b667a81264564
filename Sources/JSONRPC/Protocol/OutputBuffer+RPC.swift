package import JSON

extension OutputBuffer {
    /// Appends the response to a call that has a result, given as JSON.
    ///
    /// https://www.jsonrpc.org/specification#response_object
    package mutating func append(rpcResult result: ArraySlice<UInt8>, id: RPCID) {
        append("{\"jsonrpc\":\"2.0\",\"result\":")
        append(contentsOf: result)
        append(",\"id\":")
        append(contentsOf: id.text)
        append(UInt8(ascii: "}"))
    }

    /// Appends the response to a call that failed.
    package mutating func append(rpcError error: RPCError, id: RPCID) {
        append("{\"jsonrpc\":\"2.0\",\"error\":")
        error.write(into: &self)
        append(",\"id\":")
        append(contentsOf: id.text)
        append(UInt8(ascii: "}"))
    }
}
