/// What a message is answered with.
package struct RPCResponse: Sendable {
    /// The JSON text; nil if nothing is answered, because the message was notifications alone.
    package let body: [UInt8]?
    /// What the client has left of its minute, if that is limited.
    package var rateLimitStatus: RateLimitStatus?

    package init(body: [UInt8]?, rateLimitStatus: RateLimitStatus? = nil) {
        self.body = body
        self.rateLimitStatus = rateLimitStatus
    }
}

/// The answer to a message.
package enum RPCReply: Sendable {
    /// It is here: nothing had to be waited for.
    case now(RPCResponse)
    /// It takes waiting.
    case later(@Sendable () async -> RPCResponse)

    /// The answer, waited for if need be.
    package func response() async -> RPCResponse {
        switch self {
        case .now(let response): response
        case .later(let respond): await respond()
        }
    }
}
