package import Gateway
package import Upstream

/// Where JSON-RPC messages are answered, whatever carries them.
package protocol MessageEndpoint: Sendable {
    /// The OpenRPC document that tells what may be called.
    var openRPC: [UInt8] { get }

    /// Answers a message, or says how it will be answered.
    func respond(to message: [UInt8], caller: Caller) -> MessageAnswer
}

/// The answer to a message; nil if it asked for none.
package enum MessageAnswer: Sendable {
    /// It is here.
    case now(MessageReply?)
    /// It takes waiting.
    case later(@Sendable () async -> MessageReply?)
}

/// The bytes that answer a message, and what the door must know of them.
package struct MessageReply: Sendable {
    /// The JSON text.
    package let body: [UInt8]
    /// What the client has left of its minute, if that is limited.
    package var standing: ClientStanding?

    package init(body: [UInt8], standing: ClientStanding? = nil) {
        self.body = body
        self.standing = standing
    }
}
