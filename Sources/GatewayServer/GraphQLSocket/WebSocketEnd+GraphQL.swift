// Why a connection of `graphql-transport-ws` ends.

extension WebSocketEnd {
    /// A subscription has ended that the client did not end.
    static let subscriptionsEnd = WebSocketEnd(1001, "Subscriptions have ended; connect and subscribe again.")
    /// The first message did not come in time.
    static let initializationTimeout = WebSocketEnd(4408, "Connection initialisation timeout")
    /// The first message came twice.
    static let secondInitialization = WebSocketEnd(4429, "Too many initialisation requests")
    /// An operation came before the connection was acknowledged, or without a token where there are clients.
    static let unauthorized = WebSocketEnd(4401, "Unauthorized")
    /// The client is not known any more, or its token has expired.
    static let forbidden = WebSocketEnd(4403, "Forbidden")
    /// Whether the client may call cannot be known at present.
    static let tryAgainLater = WebSocketEnd(1013, "Try again later")
    /// A message that is none of the protocol.
    static func invalid(_ reason: String) -> WebSocketEnd { WebSocketEnd(4400, reason) }
    /// An operation has the id of another one that is in progress.
    static func duplicate(_ id: String) -> WebSocketEnd { WebSocketEnd(4409, "Subscriber for \(id) already exists") }
    /// More operations than one connection may have.
    static let tooManyOperations = WebSocketEnd(4429, "Too many operations are in progress on this connection.")
}
