extension MessageExchange: WebSocketMessaging {
    /// Replies go to a WebSocket.
    func begin(on connection: WebSocketConnection) { carrier = connection }

    /// The client has taken what was sent: what was held back begins.
    func clientDidRead() { resume() }
}
