internal import Gateway
private import JSONRPC

/// Serves each message with what is current when it comes: sockets stay open for longer than a configuration.
struct CurrentMessageHandler: MessageHandler {
    // Not owned: the gateway's current endpoints have this handler.
    weak let gateway: ReplaceableGateway?

    var openRPC: [UInt8]? { gateway?.current?.messages.openRPC }

    func respond(to message: [UInt8], caller: Caller) -> Reply<RPCResponse> {
        guard let current = gateway?.current else { return .now(RPCResponse(body: nil)) }
        var caller = caller
        if current.load.isNearlyReached { caller.charge = ClientCharge() }
        let reply = current.messages.respond(to: message, caller: caller)
        guard case .later(let respond) = reply else { return reply }
        // As for requests of HTTP: only what has to wait is refused while too many do.
        guard let place = current.load.place() else {
            caller.charge?.refund()
            let read = try? RPCMessage(parsing: message, limits: current.messageLimits.message)
            return .now(RPCResponse(body: read?.refusal(.tooManyInFlight)))
        }
        return .later {
            let response = await respond()
            withExtendedLifetime(place) {}
            return response
        }
    }

    func subscriptionCall(in message: [UInt8], caller: Caller) -> SubscriptionCall? {
        gateway?.current?.messages.subscriptionCall(in: message, caller: caller)
    }

    /// What executes operations, and how many may wait at a time; nil: nothing is served.
    var service: (executing: GatewayService, load: LoadLimit)? {
        gateway?.current.map { ($0.service, $0.load) }
    }

    /// The limits of connections that are opened now; nil: nothing is served.
    var limits: MessageLimits? { gateway?.current?.messageLimits }

    /// The clients that may call; nil: callers are not asked who they are.
    var directory: ClientDirectory? { gateway?.current?.service.directory }
}
