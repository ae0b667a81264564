package import JSONRPC
package import NIOCore

/// The limits of one connection with JSON-RPC messages.
package struct MessageLimits: Sendable {
    /// The limits of a message.
    package var message = RPCLimits()
    /// The most calls in progress; at the limit, nothing is read.
    package var maximumOutstanding = 64
    /// The time for which a connection may be idle while no call is in progress.
    package var idleTimeout = TimeAmount.seconds(120)
    /// The timeout of the first message of a GraphQL WebSocket.
    package var initializationTimeout = TimeAmount.seconds(3)
    /// The time after which a JSON-RPC WebSocket without a key, a token or a call is closed.
    package var namingTimeout = TimeAmount.seconds(30)
    /// The time for which the client's side of a closed connection may stay open.
    package var lingerTimeout = TimeAmount.seconds(2)

    /// The most bytes of queued replies of one client.
    package var maximumUnreadBytes = 64 << 20

    package init() {}

    /// The value of `idleTimeout` in whole seconds.
    package var idleSeconds: Int {
        get { Int(idleTimeout.nanoseconds / 1_000_000_000) }
        set { idleTimeout = .seconds(Int64(newValue)) }
    }

    /// The most bytes of a message.
    package var maximumMessageBytes: Int {
        get { message.maximumMessageBytes }
        set { message.maximumMessageBytes = newValue }
    }
}
