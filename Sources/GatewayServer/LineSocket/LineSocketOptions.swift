package import Gateway

/// The sockets that take one JSON-RPC message a line.
package struct LineSocketOptions: Sendable {
    /// The TCP address to listen on; nil: none.
    package var address: ListenAddress?
    /// The path of the Unix socket; nil: none.
    package var path: String?
    /// In whose name messages are called, at the time of each; nil, or if it returns nil: each connection says it first, by `auth`.
    package var currentCaller: (@Sendable () -> Caller?)?

    /// In whose name messages are called, if that never changes.
    package var caller: Caller? {
        get { currentCaller?() ?? nil }
        set { currentCaller = newValue.map(Self.always) }
    }

    private static func always(_ caller: Caller) -> @Sendable () -> Caller? { { caller } }

    package init() {}
}
