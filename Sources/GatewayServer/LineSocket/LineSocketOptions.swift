package import Gateway

/// The options of the sockets for JSON-RPC messages on lines.
package struct LineSocketOptions: Sendable {
    /// The TCP address to listen on; nil: there is no TCP socket.
    package var address: ListenAddress?
    /// The path of the Unix socket; nil: there is none.
    package var path: String?
    /// Returns the caller of a message at its time; nil, or if it returns nil: connections have to authenticate by `auth`.
    package var currentCaller: (@Sendable () -> Caller?)?

    /// The caller of all messages, if it never changes.
    package var caller: Caller? {
        get { currentCaller?() ?? nil }
        set { currentCaller = newValue.map(Self.always) }
    }

    private static func always(_ caller: Caller) -> @Sendable () -> Caller? { { caller } }

    package init() {}
}
