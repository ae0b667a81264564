internal import JSON
internal import JSONRPC

/// A stream of notifications about changes of the resources to which a client has subscribed: that of a session, or the response
/// to `subscriptions/listen`.
package struct MCPNotifications: Sendable {
    let session: MCPSession
    let sessions: MCPSessions
    /// The request that the stream responds to; nil: it is the stream of a session.
    var request: MCPListening?

    /// Sends notifications until the stream ends.
    ///
    /// - Parameter send: sends a notification, or for nil a keep-alive message; throws when the client has left.
    package func run(_ send: @Sendable ([UInt8]?) async throws -> Void) async {
        let (number, signals) = session.open()
        let heartbeat = sessions.heartbeats.begin { [weak session] in session?.ping() }
        defer {
            heartbeat.end()
            sessions.streamDidEnd(number, of: session)
            cancel()
        }
        do {
            if let request { try await send(request.acknowledgement(of: await request.follow(in: session))) }
            for await signal in signals {
                guard case .changes = signal else {
                    try await send(nil)
                    continue
                }
                for uri in session.takeChanged() { try await send(Self.notification(uri, of: request)) }
            }
            // If the stream ends otherwise, its client has left.
            if let request, session.isClosed { try await send(request.end) }
        } catch {
            // When the client opens the stream again, it gets the pending notifications.
        }
    }

    /// Ends the session of `subscriptions/listen`: its stream is over, or is not sent.
    package func cancel() {
        if let request { sessions.remove(request.sessionID, of: request.caller) }
    }

    /// The notification that a resource has changed.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/server/resources#subscriptions
    private static func notification(_ uri: String, of request: MCPListening?) -> [UInt8] {
        var output = OutputBuffer(minimumCapacity: 256)
        output.append("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{")
        request?.appendMetadata(to: &output)
        if request != nil { output.append(",") }
        output.append("\"uri\":")
        output.appendJSONString(uri)
        output.append("}}")
        return output.array()
    }
}
