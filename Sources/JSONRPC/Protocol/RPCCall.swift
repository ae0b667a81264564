/// One call of a message.
///
/// https://www.jsonrpc.org/specification#request_object
package struct RPCCall: Sendable {
    /// The name of the method.
    package let method: String
    /// The parameters.
    package let params: RPCParams
    /// The id of the call; nil: it is a notification, which has no response.
    package let id: RPCID?

    package init(method: String, params: RPCParams, id: RPCID?) {
        self.method = method
        self.params = params
        self.id = id
    }
}
