internal import GraphQL

/// A call that changes something upstream.
struct UpstreamWrite: Sendable {
    let method: WriteMethod
    let call: Call
    /// The JSON body; nil: none.
    let body: [UInt8]?
    /// The key of the object, where it has one already.
    let key: String?
    /// The expected content of the response, if any.
    let content: ExpectedContent
}
