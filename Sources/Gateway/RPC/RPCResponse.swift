/// The response to a message.
package struct RPCResponse: Sendable {
    /// The JSON text; nil if there is no response, as the message was notifications alone.
    package let body: [UInt8]?
    /// What the client has left of its minute, if that is limited.
    package var rateLimitStatus: RateLimitStatus?

    package init(body: [UInt8]?, rateLimitStatus: RateLimitStatus? = nil) {
        self.body = body
        self.rateLimitStatus = rateLimitStatus
    }
}
