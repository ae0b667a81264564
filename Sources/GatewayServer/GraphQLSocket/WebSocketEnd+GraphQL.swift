// The close codes of `graphql-transport-ws`.

extension WebSocketEnd {
    /// The gateway has ended subscriptions.
    static let subscriptionsEnd = WebSocketEnd(1001, "Subscriptions have ended; connect and subscribe again.")
    /// The client has not sent its first message in time.
    static let initializationTimeout = WebSocketEnd(4408, "Connection initialisation timeout")
    /// The client has sent its first message twice.
    static let secondInitialization = WebSocketEnd(4429, "Too many initialisation requests")
    /// An operation was sent before the connection was acknowledged, or without a token if clients authenticate.
    static let unauthorized = WebSocketEnd(4401, "Unauthorized")
    /// The client has been removed, or its token has expired.
    static let forbidden = WebSocketEnd(4403, "Forbidden")
    /// The client's token cannot be checked at present.
    static let tryAgainLater = WebSocketEnd(1013, "Try again later")
    /// A message violates the protocol.
    static func invalid(_ reason: String) -> WebSocketEnd { WebSocketEnd(4400, reason) }
    /// An operation has the id of another one that is in progress.
    static func duplicate(_ id: String) -> WebSocketEnd { WebSocketEnd(4409, "Subscriber for \(id) already exists") }
    /// The connection has too many operations in progress.
    static let tooManyOperations = WebSocketEnd(4429, "Too many operations are in progress on this connection.")
}
