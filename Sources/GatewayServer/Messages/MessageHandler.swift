package import Gateway

/// Handles the JSON-RPC messages of all transports.
package protocol MessageHandler: Sendable {
    /// The OpenRPC document of the methods; nil: introspection is disabled.
    var openRPC: [UInt8]? { get }

    /// Handles a message, and returns its response now or later.
    func respond(to message: [UInt8], caller: Caller) -> Reply<RPCResponse>

    /// The effect of a message that begins or ends a subscription on a connection; nil: it is another message.
    func subscriptionCall(in message: [UInt8], caller: Caller) -> SubscriptionCall?
}

extension MessageHandler {
    package func subscriptionCall(in message: [UInt8], caller: Caller) -> SubscriptionCall? { nil }
}

extension RPCService: MessageHandler {}
