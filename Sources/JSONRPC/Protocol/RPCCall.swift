/// One call of a message.
///
/// https://www.jsonrpc.org/specification#request_object
package struct RPCCall: Sendable {
    package let method: String
    package let params: RPCParams
    /// Nil: a notification, which has no response.
    package let id: RPCID?

    package init(method: String, params: RPCParams, id: RPCID?) {
        self.method = method
        self.params = params
        self.id = id
    }
}
