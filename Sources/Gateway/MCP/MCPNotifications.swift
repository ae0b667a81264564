internal import JSON

/// The stream of a session: notifications of changes of the resources that its client follows.
package struct MCPNotifications: Sendable {
    let session: MCPSession
    let sessions: MCPSessions

    /// Sends notifications until the stream ends.
    ///
    /// - Parameter send: takes a notification, or nil as a sign of life; throws when the client has gone.
    package func run(_ send: @Sendable ([UInt8]?) async throws -> Void) async {
        let (number, signals) = session.open()
        let heartbeats = Heartbeat(scheduler: sessions.scheduler).start { [session] in session.ping() }
        defer {
            heartbeats.cancel()
            sessions.streamDidEnd(number, of: session)
        }
        do {
            for await signal in signals {
                guard case .changes = signal else {
                    try await send(nil)
                    continue
                }
                for uri in session.takeChanged() { try await send(Self.notification(uri)) }
            }
        } catch {
            // The client opens the stream again, and is notified then.
        }
    }

    /// The notification that a resource has changed.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/server/resources#subscriptions
    private static func notification(_ uri: String) -> [UInt8] {
        JSONValue.object([
            "jsonrpc": "2.0", "method": "notifications/resources/updated", "params": ["uri": .string(uri)],
        ]).serialized()
    }
}
