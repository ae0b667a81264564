internal import NIOCore

extension MessageExchange: WebSocketMessaging {
    /// Replies go to a WebSocket.
    func begin(on connection: WebSocketConnection) {
        carrier = connection
        // PERF: nearly every connection has a key from the start, and needs no timer.
        guard isNobodys else { return }
        let bound = NIOLoopBound(self, eventLoop: executor.eventLoop)
        naming = executor.eventLoop.scheduleTask(in: namingTimeout) {
            let exchange = bound.value
            if exchange.isNobodys { (exchange.carrier as? WebSocketConnection)?.end(.nobodys) }
        }
    }

    /// The client has taken what was sent: what was held back begins.
    func clientDidRead() { resume() }
}

extension WebSocketEnd {
    /// Pings alone keep no connection open whose client has not said who it is.
    fileprivate static let nobodys = WebSocketEnd(1008, "No key, no token and no call has come in time.")
}
