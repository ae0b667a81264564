package import JSON

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

/// The parameters of a call.
///
/// https://www.jsonrpc.org/specification#parameter_structures
package enum RPCParams: Sendable, Hashable {
    case byName(JSONObject)
    case byPosition([JSONValue])

    /// No parameters.
    package static let none = RPCParams.byName(JSONObject())
}

/// One entry of a message: a call, or an invalid entry, whose response is an error.
package enum RPCEntry: Sendable {
    case call(RPCCall)
    case invalid(RPCError, id: RPCID)
}
