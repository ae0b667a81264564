/// The response to a message.
package struct RPCResponse: Sendable {
    /// The JSON text; nil if there is no response, as the message was notifications alone.
    package let body: [UInt8]?
    /// The client's rate-limit status, if it is limited.
    package var rateLimitStatus: RateLimitStatus?
    /// What has to be known to send it again to an equal message, whatever its id is; nil: it is not to be used again.
    package var reuse: ResponseReuse?
    /// Whether it is the response to an equal message before, whose writes are not carried out again.
    package var isReplayed = false

    package init(body: [UInt8]?, rateLimitStatus: RateLimitStatus? = nil) {
        self.body = body
        self.rateLimitStatus = rateLimitStatus
    }
}
