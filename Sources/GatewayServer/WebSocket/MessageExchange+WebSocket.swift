internal import NIOCore

extension MessageExchange: WebSocketMessaging {
    /// Sends replies to a WebSocket.
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

    /// Resumes the calls that were held back, as the client has read what was sent.
    func clientDidRead() { resume() }
}

extension WebSocketEnd {
    /// The close code of a connection without a known caller, which pings must not hold open.
    fileprivate static let nobodys = WebSocketEnd(1008, "No key, no token and no call has come in time.")
}
