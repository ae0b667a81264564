internal import Gateway

extension EventStreamTransport {
    /// The response with a stream of notifications.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#listening-for-messages-from-the-server
    ///
    /// - Parameters:
    ///   - notifications: the notifications.
    ///   - isAllowed: returns whether the client is still authorized; if not, the stream ends.
    /// - Returns: the response.
    func response(
        _ notifications: MCPNotifications,
        while isAllowed: @escaping @Sendable () -> Bool
    ) -> HTTPResponse {
        response { writer in
            await notifications.run { message in
                guard isAllowed() else { throw CancellationError() }
                let event = message.map { Array("event: message\ndata: ".utf8) + $0.onOneLine + Array("\n\n".utf8) }
                try await writer.write(event ?? heartbeat)
            }
        }
    }
}
