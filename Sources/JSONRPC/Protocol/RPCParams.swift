package import JSON

/// The parameters of a call.
///
/// https://www.jsonrpc.org/specification#parameter_structures
package enum RPCParams: Sendable, Hashable {
    case byName(JSONObject)
    case byPosition([JSONValue])

    /// No parameters.
    package static let none = RPCParams.byName(JSONObject())
}
