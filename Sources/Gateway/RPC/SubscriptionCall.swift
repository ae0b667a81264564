package import JSONRPC

/// The effect of a call that begins or ends a subscription on its connection.
package enum SubscriptionCall: Sendable {
    /// The call has failed, or was a notification.
    case reply(RPCResponse)
    /// The call begins a subscription.
    case begin(id: RPCID?, RPCSubscription)
    /// The call ends the subscription of that id, if its notifications have one of these methods.
    case end(id: RPCID?, name: String, notifications: [String])
}
