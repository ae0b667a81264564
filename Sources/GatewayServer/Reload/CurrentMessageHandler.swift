internal import Gateway
private import JSONRPC

/// Handles each message with the current configuration, as sockets may outlive one.
struct CurrentMessageHandler: MessageHandler {
    // Weak, as the gateway's current endpoints have this handler.
    weak let gateway: ReplaceableGateway?

    var openRPC: [UInt8]? { gateway?.current?.messages.openRPC }

    func respond(to message: [UInt8], caller: Caller) -> Reply<RPCResponse> {
        guard let current = gateway?.current else { return .now(RPCResponse(body: nil)) }
        var caller = caller
        if current.load.isNearlyReached { caller.charge = ClientCharge() }
        let reply = current.messages.respond(to: message, caller: caller)
        guard case .later(let respond) = reply else { return reply }
        // As for HTTP requests, only messages that have to wait are refused while too many do.
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

    /// The current service, and the limit of waiting requests; nil: the gateway serves no requests.
    var service: (executing: GatewayService, load: LoadLimit)? {
        gateway?.current.map { ($0.service, $0.load) }
    }

    /// The limits of connections that are opened now; nil: the gateway serves no requests.
    var limits: MessageLimits? { gateway?.current?.messageLimits }

    /// The clients that may call; nil: callers need not authenticate.
    var directory: ClientDirectory? { gateway?.current?.service.directory }
}
