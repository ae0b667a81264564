/// The protocol of one WebSocket's messages.
///
/// Confined to the connection's event loop. The connection owns it, not the reverse.
protocol WebSocketMessaging: AnyObject {
    /// Whether the connection only waits for its client.
    var waitsForClient: Bool { get }

    /// Whether no operation is in progress whose response has to be sent before the connection ends.
    var isIdle: Bool { get }

    /// Whether another message would be handled at once.
    var hasRoom: Bool { get }

    /// Notes that the connection is open.
    func begin(on connection: WebSocketConnection)

    /// Handles a message.
    func take(_ message: [UInt8])

    /// Notes that the client has read what was sent, so that more may be sent.
    func clientDidRead()

    /// Prepares the end of the connection: no operation begins any more, and subscriptions end.
    func drain()

    /// Notes that nothing can be sent any more.
    func stop()
}
