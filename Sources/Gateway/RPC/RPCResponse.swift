/// The response to a JSON-RPC message.
package struct RPCResponse: Sendable {
    /// The JSON text; nil: there is no response, as the message only had notifications.
    package let body: [UInt8]?
    /// The client's rate-limit status, if it is limited.
    package var rateLimitStatus: RateLimitStatus?
    /// The conditions for sending it again to an equal message with any id; nil: it is not reused.
    package var reuse: ResponseReuse?
    /// Whether its writes were not executed, as equal ones had been executed before.
    package var isReplayed = false

    package init(body: [UInt8]?, rateLimitStatus: RateLimitStatus? = nil) {
        self.body = body
        self.rateLimitStatus = rateLimitStatus
    }
}
