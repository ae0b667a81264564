package import Gateway

/// The sockets that take one JSON-RPC message a line.
package struct LineSocketOptions: Sendable {
    /// The TCP address to listen on; nil: none.
    package var address: ListenAddress?
    /// The path of the Unix socket; nil: none.
    package var path: String?
    /// In whose name messages are called; nil: each connection says it first, by `auth`.
    package var caller: Caller?

    package init() {}
}
