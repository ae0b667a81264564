internal import GraphQL
internal import JSON
internal import JSONRPC
internal import Upstream

/// A subscription by JSON-RPC: each event is a notification.
package struct RPCSubscription: Sendable {
    let stream: ResultStream
    /// The method of the notifications.
    package let notification: String

    /// A message that the connection has to send.
    package enum Message: Sendable {
        /// A notification; others may follow.
        case notification([UInt8])
        /// The last notification.
        case last([UInt8])
    }

    /// Starts the subscription, and calls a function whenever a message is queued.
    package func whenReady(_ notify: @escaping @Sendable () -> Void) { stream.whenReady(notify) }

    /// Takes the first queued message; nil: none is queued.
    ///
    /// - Parameter name: the id of the subscription on its connection.
    /// - Returns: the message.
    package func next(named name: String) -> Message? {
        switch stream.next() {
        case .result(let result)?: .notification(notification(named: name, result.body))
        case .failure(let result)?: .last(notification(named: name, result.body))
        case .end?:
            // After a reload the connection stays open: the client learns that it must subscribe again.
            .last(
                notification(
                    named: name,
                    Self.end(
                        .shuttingDown,
                        "The subscription has ended, as the gateway stops or reads other workspaces now; subscribe again."
                    )
                )
            )
        case nil: nil
        }
    }

    /// The last notification for a client that is no longer authorized.
    package func refusal(named name: String) -> [UInt8] {
        let message = "The subscription has ended, as this client may not call any more."
        return notification(named: name, Self.end(.unauthenticated, message))
    }

    private static func end(_ code: GraphQL.ErrorCode, _ message: String) -> [UInt8] {
        RPCOutcome.failed(RPCError(code.rpcCode, message, dataCode: code.rawValue)).notificationMember
    }

    /// Ends the subscription.
    package func cancel() { stream.cancel() }

    /// Ends a subscription that is refused because its connection has too many; the observer is notified.
    package func refuse() { stream.refuse(.overloaded) }

    private func notification(named name: String, _ member: [UInt8]) -> [UInt8] {
        var output = OutputBuffer(minimumCapacity: member.count + 128)
        output.append("{\"jsonrpc\":\"2.0\",\"method\":")
        output.appendJSONString(notification)
        output.append(utf8Of: ",\"params\":{\"\(SubscriptionMethod.parameter)\":")
        output.appendJSONString(name)
        output.append(UInt8(ascii: ","))
        output.append(contentsOf: member)
        output.append("}}")
        return output.array()
    }
}
