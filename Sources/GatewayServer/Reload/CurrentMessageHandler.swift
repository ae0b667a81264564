internal import Gateway

/// Serves each message with what is current when it comes: sockets stay open for longer than a configuration.
struct CurrentMessageHandler: MessageHandler {
    // Not owned: the gateway's current endpoints have this handler.
    weak let gateway: ReplaceableGateway?

    var openRPC: [UInt8]? { gateway?.current?.messages.openRPC }

    func respond(to message: [UInt8], caller: Caller) -> Reply<RPCResponse> {
        gateway?.current?.messages.respond(to: message, caller: caller) ?? .now(RPCResponse(body: nil))
    }

    func subscriptionCall(in message: [UInt8], caller: Caller) -> SubscriptionCall? {
        gateway?.current?.messages.subscriptionCall(in: message, caller: caller)
    }

    /// What executes operations; nil: nothing is served.
    var service: GatewayService? { gateway?.current?.service }

    /// The limits of connections that are opened now; nil: nothing is served.
    var limits: MessageLimits? { gateway?.current?.messageLimits }

    /// The clients that may call; nil: callers are not asked who they are.
    var directory: ClientDirectory? { gateway?.current?.service.directory }
}
