package import JSONRPC

/// What a call does that begins or ends a subscription, which belongs to the connection that it comes on.
package enum SubscriptionCall: Sendable {
    /// It fails.
    case reply(RPCResponse)
    /// It begins one.
    case begin(id: RPCID?, RPCSubscription)
    /// It ends the one of that name, if its notifications have one of these names.
    case end(id: RPCID?, name: String, notifications: [String])
}
