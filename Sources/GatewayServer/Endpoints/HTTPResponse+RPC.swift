internal import Gateway
internal import JSONRPC

extension HTTPResponse {
    /// The refusal as an error object of JSON-RPC, which its clients expect for every status; other responses are unchanged.
    ///
    /// https://www.jsonrpc.org/specification#error_object
    var asRPCError: HTTPResponse {
        guard let refusal else { return self }
        let error = RPCError(refusal: refusal.code, refusal.message)
        var response = self
        response.refusal = nil
        response.body = .bytes(error.response(id: .null))
        return response
    }
}
