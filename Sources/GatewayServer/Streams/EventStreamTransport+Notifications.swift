internal import Gateway

extension EventStreamTransport {
    /// The response that carries the notifications of a session.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#listening-for-messages-from-the-server
    func response(_ notifications: MCPNotifications) -> HTTPResponse {
        response { writer in
            await notifications.run { message in
                let event = message.map { Array("event: message\ndata: ".utf8) + $0 + Array("\n\n".utf8) }
                try await writer.write(event ?? heartbeat)
            }
        }
    }
}
