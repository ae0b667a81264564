/// Why a connection of `graphql-transport-ws` ends: the code of the closing frame, and its reason.
struct GraphQLSocketEnd: Error, Equatable {
    let code: UInt16
    /// At most 123 bytes.
    let reason: String

    init(_ code: UInt16, _ reason: String) {
        self.code = code
        self.reason = String(decoding: reason.utf8.prefix(120), as: UTF8.self)
    }

    /// The gateway stops.
    static let goingAway = GraphQLSocketEnd(1001, "The gateway is stopping; connect again.")
    /// A subscription has ended that the client did not end.
    static let subscriptionsEnd = GraphQLSocketEnd(1001, "Subscriptions have ended; connect and subscribe again.")
    /// The first message did not come in time.
    static let initializationTimeout = GraphQLSocketEnd(4408, "Connection initialisation timeout")
    /// The first message came twice.
    static let secondInitialization = GraphQLSocketEnd(4429, "Too many initialisation requests")
    /// An operation came before the connection was acknowledged, or without a token where there are clients.
    static let unauthorized = GraphQLSocketEnd(4401, "Unauthorized")
    /// The client is not known any more, or its token has expired.
    static let forbidden = GraphQLSocketEnd(4403, "Forbidden")
    /// A message that is none of the protocol.
    static func invalid(_ reason: String) -> GraphQLSocketEnd { GraphQLSocketEnd(4400, reason) }
    /// An operation has the id of another one that is in progress.
    static func duplicate(_ id: String) -> GraphQLSocketEnd {
        GraphQLSocketEnd(4409, "Subscriber for \(id) already exists")
    }
    /// More operations than one connection may have.
    static let tooManyOperations = GraphQLSocketEnd(4429, "Too many operations are in progress on this connection.")
}
