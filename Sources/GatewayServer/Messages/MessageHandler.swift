package import Gateway

/// Serves JSON-RPC messages of any transport.
package protocol MessageHandler: Sendable {
    /// The OpenRPC document of what may be called; nil if clients may not learn it.
    var openRPC: [UInt8]? { get }

    /// Returns the response to a message: now or later.
    func respond(to message: [UInt8], caller: Caller) -> Reply<RPCResponse>

    /// What a message does that begins or ends a subscription on a connection that stays open; nil: it is another one.
    func subscriptionCall(in message: [UInt8], caller: Caller) -> SubscriptionCall?
}

extension MessageHandler {
    package func subscriptionCall(in message: [UInt8], caller: Caller) -> SubscriptionCall? { nil }
}

extension RPCService: MessageHandler {}
