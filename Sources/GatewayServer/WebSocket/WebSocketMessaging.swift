/// What the messages of one WebSocket mean, and what is sent back: the protocol that is spoken over it.
///
/// Confined to the connection's event loop. It does not own the connection, which owns it.
protocol WebSocketMessaging: AnyObject {
    /// Whether only the client keeps the connection from going on.
    var waitsForClient: Bool { get }

    /// Whether nothing is in progress whose response the client must have before the connection may end.
    var isIdle: Bool { get }

    /// Whether another message would be begun at once.
    var hasRoom: Bool { get }

    /// The connection is open.
    func begin(on connection: WebSocketConnection)

    /// Takes a message.
    func take(_ message: [UInt8])

    /// The client has taken what was sent, so that more may be.
    func clientDidRead()

    /// The connection ends as soon as nothing is in progress: nothing new begins, and what has no end of its own ends.
    func drain()

    /// Nothing can be sent any more.
    func stop()
}
