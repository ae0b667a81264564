package import JSONRPC
package import NIOCore

/// The limits of one connection that carries JSON-RPC messages.
package struct MessageLimits: Sendable {
    /// The limits of a message.
    package var message = RPCLimits()
    /// The most calls in progress; while there are so many, nothing is read.
    package var maximumOutstanding = 64
    /// How long a connection may be silent while no call is in progress.
    package var idleTimeout = TimeAmount.seconds(120)
    /// How long a client of GraphQL may take to send its first message.
    package var initializationTimeout = TimeAmount.seconds(3)
    /// How long a WebSocket of JSON-RPC may stay without a key or token, and without a call.
    package var namingTimeout = TimeAmount.seconds(30)
    /// How long a client may take to end its side of a connection that has been ended.
    package var lingerTimeout = TimeAmount.seconds(2)

    /// The most bytes of replies that wait for one client.
    package var maximumUnreadBytes = 64 << 20

    package init() {}

    /// The seconds of `idleTimeout`.
    package var idleSeconds: Int {
        get { Int(idleTimeout.nanoseconds / 1_000_000_000) }
        set { idleTimeout = .seconds(Int64(newValue)) }
    }

    /// The longest message.
    package var maximumMessageBytes: Int {
        get { message.maximumMessageBytes }
        set { message.maximumMessageBytes = newValue }
    }
}
