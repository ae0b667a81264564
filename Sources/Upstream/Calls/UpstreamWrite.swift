internal import GraphQL

/// A call that writes to the upstream.
struct UpstreamWrite: Sendable {
    let method: WriteMethod
    let call: Call
    /// The route of the call: all writes by one field of the schema, of whatever object, have the same.
    let route: BindingID
    /// The JSON body; nil: none.
    let body: [UInt8]?
    /// The key of the object; nil: the object is new.
    let key: String?
    /// The expected content of the response, if any.
    let content: ExpectedContent
}
