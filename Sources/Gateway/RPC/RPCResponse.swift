/// The response to a message.
package struct RPCResponse: Sendable {
    /// The JSON text; nil if there is no response, as the message was notifications alone.
    package let body: [UInt8]?
    /// The client's rate-limit status, if it is limited.
    package var rateLimitStatus: RateLimitStatus?

    package init(body: [UInt8]?, rateLimitStatus: RateLimitStatus? = nil) {
        self.body = body
        self.rateLimitStatus = rateLimitStatus
    }
}
