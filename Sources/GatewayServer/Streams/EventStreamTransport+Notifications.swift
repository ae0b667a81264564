internal import Gateway

extension EventStreamTransport {
    /// The response that carries notifications.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#listening-for-messages-from-the-server
    ///
    /// - Parameters:
    ///   - notifications: what it carries.
    ///   - isAllowed: whether the client may have them at this time: without that they end.
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
